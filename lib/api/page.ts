import { HeadroomError } from '../errors'
import { matching, NO_FILTER } from '../slo/overview-filter'
import { indexOf, type OverviewTable } from '../slo/overview-rows'
import type { SloQuery } from './resources'

export const cursorOf = (id: number): string => Buffer.from(`slo ${id}`).toString('base64url')

export function idOfCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const id = /^slo (\d+)$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1]
  if (id === undefined)
    throw new HeadroomError('INVALID_INPUT', 'The cursor is the nextCursor of the page before. Begin without one.')
  return Number(id)
}

/** The rows that match, in the order of their ids, so that a page holds its place while states change. */
export function pageOf(table: OverviewTable, query: SloQuery): { rows: number[]; nextCursor: string | null } {
  const { columns } = table
  const { state = [], tier = [], team = [], label = [], q = '', service = [], limit } = query
  const after = idOfCursor(query.cursor)
  const idOf = (row: number) => columns.id[row] ?? 0
  const rows = matching(indexOf(table), { ...NO_FILTER, state, tier, owner: team, label, q })
    .filter((row) => idOf(row) > after && (service.length === 0 || service.includes(columns.serviceSlug[row] ?? '')))
    .sort((a, b) => idOf(a) - idOf(b))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, nextCursor: rows.length > limit && last !== undefined ? cursorOf(idOf(last)) : null }
}
