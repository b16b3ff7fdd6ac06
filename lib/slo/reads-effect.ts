import 'server-only'
import { pool } from '../db/client'
import { countsOf, readInputs } from '../measurement/inputs'
import { newestSamples } from '../measurement/samples'
import type { SloDefinitionRecord } from './definition-input'
import type { StoredSlo } from './reads-stored'
import { evaluateStatus, type Status } from './status'

export type Effect = { before: number | null; after: number | null }

/** How the SLO would stand now under other rules, from its stored counters; `null` before the first evaluation. */
export async function statusUnder(stored: StoredSlo, rules: SloDefinitionRecord): Promise<Status | null> {
  const { definition, row, status } = stored
  if (!status) return null
  const { target, window, noDataPolicy, coverageFloor, minEvents } = rules
  const changed = {
    ...definition,
    rules: { ...definition.rules, target, window, noDataPolicy, coverageFloor, minEvents },
  }
  const newest = countsOf((await newestSamples(pool(), [row.id])).values())
  const inputs = (await readInputs(pool(), [changed], status.ts, newest)).get(row.id)
  if (!inputs) return null
  const { historyFrom, lastDataTs, staleSince } = row
  const firing = row.firing ?? []
  return evaluateStatus(changed.rules, { ...inputs, now: status.ts, historyFrom, lastDataTs, staleSince, firing })
}

/** What saving these rules does to the budget that is left. */
export async function effectOf(stored: StoredSlo, rules: SloDefinitionRecord): Promise<Effect> {
  const after = await statusUnder(stored, rules)
  return { before: stored.status?.remaining ?? null, after: after?.remaining ?? null }
}
