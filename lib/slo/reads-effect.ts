import 'server-only'
import { pool } from '../db/client'
import { correctionsOf, loadCorrections } from '../measurement/corrections'
import { countsOf, type HowToRead, readInputs } from '../measurement/inputs'
import { newestSamples } from '../measurement/samples'
import type { SloDefinition } from './definition'
import type { SloDefinitionRecord } from './definition-input'
import type { StoredSlo } from './reads-stored'
import { evaluateStatus, type Status, withFiring } from './status'

export type Effect = { before: number | null; after: number | null }

/** How the SLO would stand now under other rules, from its stored counters; `null` before the first evaluation. */
export async function statusUnder(stored: StoredSlo, rules: SloDefinitionRecord): Promise<Status | null> {
  const { definition, status } = stored
  if (!status) return null
  const { target, window, noDataPolicy, coverageFloor, minEvents } = rules
  const changed = {
    ...definition,
    rules: { ...definition.rules, target, window, noDataPolicy, coverageFloor, minEvents },
  }
  return evaluatedAs(stored, changed)
}

async function evaluatedAs({ row, status }: StoredSlo, definition: SloDefinition, how?: HowToRead): Promise<Status | null> {
  if (!status) return null
  const newest = countsOf((await newestSamples(pool(), [row.id])).values())
  const inputs = (await readInputs(pool(), [definition], status.ts, newest, how)).get(row.id)
  if (!inputs) return null
  const { historyFrom, lastDataTs, staleSince } = row
  const judged = evaluateStatus(definition.rules, { ...inputs, now: status.ts, historyFrom, lastDataTs, staleSince })
  return withFiring(judged, definition.rules, row.firing ?? [])
}

/** How the SLO stands without anything that was approved, when something in its window was; `null` otherwise. */
export async function measuredStatus(stored: StoredSlo): Promise<Status | null> {
  const { definition, status } = stored
  if (!status) return null
  const { spans, credits } = (await loadCorrections(pool(), [definition])).of(definition.id)
  const inWindow = (ts: number) => ts > status.windowFrom
  if (!spans.some(({ from, to }) => from < status.ts && inWindow(to)) && !credits.some(({ at }) => inWindow(at))) return null
  return evaluatedAs(stored, definition, { corrections: correctionsOf([definition], new Map()) })
}

/** What saving these rules does to the budget that is left. */
export async function effectOf(stored: StoredSlo, rules: SloDefinitionRecord): Promise<Effect> {
  const after = await statusUnder(stored, rules)
  return { before: stored.status?.remaining ?? null, after: after?.remaining ?? null }
}
