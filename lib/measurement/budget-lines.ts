import type pg from 'pg'
import { between, type Counts, NO_COUNTS } from '../slo/counts'
import type { SloDefinition } from '../slo/definition'
import { budgetInMinutes, remainingOf } from '../slo/error-budget'
import { windowAt } from '../slo/window'
import { floorTo, HOUR, type Ratio, type UnixSeconds } from '../time-series/units'
import { loadCorrections, throughLens } from './corrections'
import { samplesAt } from './samples'
import { HOURS } from './tiers'

/**
 * Budget left of many SLOs at the same full hours, from hourly readings as they count: one question to Postgres for all. By
 * number of the SLO; NaN where nothing was measured yet.
 */
export async function budgetLines(
  on: pg.Pool,
  wanted: { definition: SloDefinition; historyFrom: UnixSeconds | null }[],
  ends: UnixSeconds[],
): Promise<Map<number, Ratio[]>> {
  const startOf = ({ rules }: SloDefinition, end: UnixSeconds) => floorTo(windowAt(rules.window, end).from, HOUR)
  const definitions = wanted.map(({ definition }) => definition)
  const instants = new Set(ends)
  for (const definition of definitions) for (const end of ends) instants.add(startOf(definition, end))
  const read = new Map<string, Counts>()
  const corrections = await loadCorrections(on, definitions)
  const ids = definitions.map(({ id }) => id)
  for (const sample of throughLens(corrections, await samplesAt(on, HOURS, [...instants], ids)))
    read.set(`${sample.sloId} ${sample.ts}`, sample)
  const lineOf = (definition: SloDefinition, from: UnixSeconds) =>
    ends.map((end) => {
      const stop = read.get(`${definition.id} ${end}`)
      if (!stop || end <= from) return Number.NaN
      const { target, window } = definition.rules
      const { from: opens, to: closes } = windowAt(window, end)
      const credited = corrections.credit(definition.id, { from: opens, to: end }) / budgetInMinutes(target, closes - opens)
      return remainingOf(between(read.get(`${definition.id} ${startOf(definition, end)}`) ?? NO_COUNTS, stop), target) + credited
    })
  return new Map(
    wanted.map(({ definition, historyFrom }) => [definition.id, lineOf(definition, historyFrom ?? Number.POSITIVE_INFINITY)]),
  )
}
