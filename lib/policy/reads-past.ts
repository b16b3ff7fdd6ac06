import 'server-only'
import { pool } from '../db/client'
import { type Corrections, loadCorrections, throughLens } from '../measurement/corrections'
import { loadDefinitions } from '../measurement/definitions'
import { countersAt, keyOf } from '../measurement/marks'
import { samplesBetween } from '../measurement/samples'
import { HOURS } from '../measurement/tiers'
import type { Counts } from '../slo/counts'
import type { SloDefinition } from '../slo/definition'
import { same } from '../slo/differences'
import { versionRules } from '../slo/reads-versions'
import { rulesOverTime } from '../slo/rules-over-time'
import { hoursNeeded, statusAtHour } from '../slo/state-since'
import type { StatusRules } from '../slo/status'
import { windowLength } from '../slo/window'
import { DAY, floorTo, HOUR, type Seconds, type UnixSeconds } from '../time-series/units'
import type { BudgetPolicy } from './budget-policy'
import type { Days } from './held-words'
import type { Standing } from './verdict'

/** Days of the stretch that each state held, and would have held. */
export type HeldDays = { slo: { id: number; name: string }; before: Days; after: Days }

export type Which = 'before' | 'after'
type Asked = { sides: (id: number) => Record<Which, BudgetPolicy>; from: UnixSeconds; now: UnixSeconds }
type Past = { standing: (id: number, at: UnixSeconds, which: Which) => Standing; held: HeldDays[] }
type Known = { definition: SloDefinition; historyFrom: UnixSeconds; rulesAt: (ts: UnixSeconds) => StatusRules }

/** Days are counted in steps of this, for this many SLOs: the table is to be read, and thousands are not. */
const STEP: Seconds = 6 * HOUR
const MOST_HELD = 25

/** Before anything was counted nobody knows anything, and the numbers alone are fine. */
const NOTHING: Standing = { state: 'no-data', judged: 'healthy' }

/** How SLOs stood before past instants under two policies, by their own counters and the targets of that time. */
export async function pastOf(
  slos: { id: number; name: string }[],
  asked: { id: number; at: UnixSeconds }[],
  { sides, from, now }: Asked,
): Promise<Past> {
  const { definitions } = await loadDefinitions(pool(), { ids: slos.map(({ id }) => id) })
  const corrections = await loadCorrections(pool(), definitions)
  const known = await knownOf(definitions)
  const rulesOf = (id: number, hour: UnixSeconds, which: Which): StatusRules | undefined => {
    const rules = known.get(id)?.rulesAt(hour)
    return rules && { ...rules, policy: sides(id)[which].status }
  }
  const instants = asked.flatMap(({ id, at }) =>
    (['before', 'after'] as const).flatMap((which) => {
      const rules = rulesOf(id, hourBefore(at), which)
      return rules ? hoursNeeded(rules, hourBefore(at)).map((ts) => ({ sloId: id, ts })) : []
    }),
  )
  const counters = await countersAt(pool(), instants, now)
  const at = (id: number) => (ts: UnixSeconds) => {
    const counts = counters.get(keyOf({ sloId: id, ts }))
    return counts && corrections.lens(id)(ts, counts)
  }
  return {
    standing: (id, instant, which) => {
      const hour = hourBefore(instant)
      const [rules, one] = [rulesOf(id, hour, which), known.get(id)]
      return (rules && one && hour > one.historyFrom && statusAtHour(rules, hour, pastFor(one, at(id), corrections))) || NOTHING
    },
    held: await heldOf(slos, { sides, from, now }, { known, corrections, rulesOf }),
  }
}

/** What was known when it went out: nothing of the release itself is in it. */
const hourBefore = (at: UnixSeconds): UnixSeconds => floorTo(at, HOUR)

const pastFor = ({ historyFrom, definition }: Known, at: (ts: UnixSeconds) => Counts | undefined, corrections: Corrections) => ({
  ...{ historyFrom, at, creditIn: (window: { from: number; to: number }) => corrections.credit(definition.id, window) },
})

async function knownOf(definitions: SloDefinition[]): Promise<Map<number, Known>> {
  const { rows } = await pool().query<{ id: number; from: number }>(
    'SELECT slo_id AS id, history_from AS "from" FROM slo_evaluation WHERE slo_id = ANY($1::int[]) AND history_from IS NOT NULL',
    [definitions.map(({ id }) => id)],
  )
  const from = new Map(rows.map((row) => [row.id, row.from]))
  const known = new Map<number, Known>()
  for (const definition of definitions) {
    const historyFrom = from.get(definition.id)
    if (historyFrom === undefined) continue
    const rulesAt = rulesOverTime(definition.rules, await versionRules(definition.id))
    known.set(definition.id, { definition, historyFrom, rulesAt })
  }
  return known
}

type Facts = {
  known: Map<number, Known>
  corrections: Corrections
  rulesOf: (id: number, hour: number, which: Which) => StatusRules | undefined
}

/** Only where thresholds differ: elsewhere every state would have held as long as it did. */
async function heldOf(
  slos: { id: number; name: string }[],
  { sides, from, now }: Asked,
  { known, corrections, rulesOf }: Facts,
): Promise<HeldDays[]> {
  const differing = slos.filter(({ id }) => known.has(id) && !same(sides(id).before.status, sides(id).after.status))
  const held: HeldDays[] = []
  for (const { id, name } of differing.slice(0, MOST_HELD)) {
    const one = known.get(id) as Known
    const reach = windowLength(one.definition.rules.window, now) + 4 * DAY
    const samples = await samplesBetween(pool(), HOURS, id, { from: floorTo(from - reach, HOUR), to: now, step: HOUR })
    const byHour = new Map(throughLens(corrections, samples).map((sample) => [sample.ts, sample]))
    const past = pastFor(one, (ts) => byHour.get(ts), corrections)
    const days = (which: Which): Days => {
      const sum: Days = {}
      for (let hour = floorTo(now, STEP); hour > Math.max(from, one.historyFrom); hour -= STEP) {
        const state = statusAtHour(rulesOf(id, hour, which) as StatusRules, hour, past)?.state
        if (state) sum[state] = (sum[state] ?? 0) + STEP / DAY
      }
      return sum
    }
    held.push({ slo: { id, name }, before: days('before'), after: days('after') })
  }
  return held
}
