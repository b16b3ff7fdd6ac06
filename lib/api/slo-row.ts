import 'server-only'
import { requireApiActor } from '../auth/api-actor'
import { HeadroomError } from '../errors'
import type { OverviewTable } from '../slo/overview-rows'
import { overviewTable } from '../slo/reads'
import { sloIdSchema } from '../slo/schema'

/** The row of the SLO an address names. */
export async function sloRow(request: Request, params: Promise<{ id: string }>): Promise<{ table: OverviewTable; row: number }> {
  const actor = await requireApiActor(request)
  const id = sloIdSchema.parse((await params).id)
  const table = await overviewTable(actor)
  const row = table.columns.id.indexOf(id)
  if (row < 0) throw new HeadroomError('NOT_FOUND', `There is no SLO ${id}.`)
  return { table, row }
}
