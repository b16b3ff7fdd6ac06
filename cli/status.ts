import type { z } from 'zod'
import { pageOf } from '../lib/api/page'
import { sloPageSchema, sloQuerySchema, type sloSchema } from '../lib/api/resources'
import { sloOf } from '../lib/api/serialize'
import { disconnect } from '../lib/db/client'
import { burnText, leftText, sliText, targetText } from '../lib/format'
import { oneLine } from '../lib/printable'
import { overviewTable } from '../lib/slo/reads'
import { stateRank } from '../lib/slo/state'
import { connectHere } from './connection'
import { answerOf, askApi } from './remote'

export type StatusOptions = { url?: string; token?: string; json?: boolean } & Record<
  'state' | 'tier' | 'team' | 'service' | 'q',
  string | undefined
>
type Slo = z.infer<typeof sloSchema>

/** All SLOs, worst first: from the API of another Headroom, or from the database of the one that runs here. */
export async function status({ url, token, json, ...filter }: StatusOptions): Promise<string> {
  const query = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Record<string, string>
  const address = url ?? process.env.HEADROOM_URL
  const slos = address ? await fromApi(address, token ?? process.env.HEADROOM_TOKEN, query) : await fromDatabase(query)
  slos.sort(
    (a, b) => stateRank(a.status.state) - stateRank(b.status.state) || (a.status.remaining ?? 0) - (b.status.remaining ?? 0),
  )
  return json ? JSON.stringify(slos, null, 2) : tableOf(slos)
}

async function fromDatabase(query: Record<string, string>): Promise<Slo[]> {
  connectHere()
  try {
    const table = await overviewTable({ type: 'system', job: 'cli' })
    const { rows } = pageOf(table, { ...sloQuerySchema.parse(query), limit: Number.MAX_SAFE_INTEGER })
    return rows.map((row) => sloOf(table, row))
  } finally {
    await disconnect()
  }
}

async function fromApi(address: string, token: string | undefined, query: Record<string, string>): Promise<Slo[]> {
  const found: Slo[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const search = new URLSearchParams({ ...query, limit: '500', ...(cursor && { cursor }) })
    const page = answerOf(sloPageSchema, await askApi(address, `/api/v1/slos?${search}`, token))
    found.push(...page.items)
    cursor = page.nextCursor
  }
  return found
}

const percent = (text: string) => (/\d/.test(text) ? `${text} %` : text)

export function tableOf(slos: Slo[]): string {
  if (slos.length === 0) return 'No SLO matches.'
  const head = ['STATE', 'SERVICE', 'SLO', 'TARGET', 'SLI', 'LEFT', 'BURN 1H', 'BURN 6H', 'ENDS']
  const rows = slos.map(({ name, service, target, status: now }) => [
    `${now.state.replaceAll('-', ' ')}${now.alert === 'page' ? ' PAGE' : ''}`,
    service.slug,
    oneLine(name),
    percent(targetText(target)),
    percent(sliText(now.sli)),
    percent(leftText(now.remaining)),
    burnText(now.burnRate.h1),
    burnText(now.burnRate.h6),
    now.budgetEndsAt?.slice(0, 16).replace('T', ' ') ?? '',
  ])
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const right = (i: number) => i >= 3 && i <= 7
  const line = (cells: string[]) =>
    cells
      .map((cell, i) => (right(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  return [head, ...rows].map(line).join('\n')
}
