import 'server-only'
import { pool } from '../db/client'
import { type Corrections, correctionsOf, type SloCorrections, unitOf } from '../measurement/corrections'
import { loadDefinitions } from '../measurement/definitions'
import { evaluate } from '../measurement/evaluate'
import { spansFor } from '../measurement/excluded-spans'
import { countsOf } from '../measurement/inputs'
import { newestSamples } from '../measurement/samples'
import type { SloDefinition } from '../slo/definition'
import type { Status } from '../slo/status'
import type { UnixSeconds } from '../time-series/units'
import { type Supposed, wantedCredits, wantedSpans } from './reads-approved'
import type { NewCorrection, SloEffect, Standing } from './schema'

/** What is supposed beside (or instead of) what is approved. */
export type Proposal = { add: NewCorrection; sloIds: number[] } | { remove: number; sloIds: number[] }

type Fact = { id: number; name: string; service: string; ts: number; historyFrom: number | null; lastDataTs: number | null }

/** What a decision does to the budget of every SLO it touches, computed from the counters. Writes nothing. */
export async function effectsOf(proposal: Proposal, now: UnixSeconds): Promise<SloEffect[]> {
  const { sloIds: ids } = proposal
  const { definitions } = await loadDefinitions(pool(), { ids })
  const { rows: facts } = await pool().query<Fact>(
    `SELECT s.id, s.name, v.name AS service, st.ts, e.history_from AS "historyFrom", st.last_data_ts AS "lastDataTs" FROM slo s
     JOIN service v ON v.id = s.service_id JOIN slo_evaluation e ON e.slo_id = s.id JOIN slo_status st ON st.slo_id = s.id
     WHERE s.id = ANY($1::int[]) ORDER BY v.name, s.name`,
    [ids],
  )
  const before = await statusesUnder(definitions, facts, await supposing(definitions, {}, now))
  const after = await statusesUnder(definitions, facts, await supposing(definitions, supposedBy(proposal), now))
  return facts.flatMap(({ id, name, service }) => {
    const definition = definitions.find((one) => one.id === id)
    const [was, is] = [before.get(id) ?? null, after.get(id) ?? null]
    if (!definition) return []
    return [{ sloId: id, name, service, before: standing(was), after: standing(is), excluded: difference(definition, was, is) }]
  })
}

/** Each SLO at the instant of its newest evaluation, as it would be judged with these corrections. */
async function statusesUnder(
  definitions: SloDefinition[],
  facts: Fact[],
  corrections: Corrections,
): Promise<Map<number, Status>> {
  const ids = definitions.map(({ id }) => id)
  const current = countsOf((await newestSamples(pool(), ids)).values())
  const statuses = new Map<number, Status>()
  for (const ts of new Set(facts.map((fact) => fact.ts))) {
    const mine = new Map(facts.filter((fact) => fact.ts === ts).map((fact) => [fact.id, fact]))
    const here = definitions.filter(({ id }) => mine.has(id))
    for (const { id, status } of await evaluate(pool(), here, ts, current, mine, { corrections })) statuses.set(id, status)
  }
  return statuses
}

function supposedBy(proposal: Proposal): Supposed & { credit?: { at: UnixSeconds; minutes: number } } {
  if ('remove' in proposal) return { without: proposal.remove }
  const { add, sloIds } = proposal
  if (add.kind === 'credit') return { credit: { at: add.at, minutes: add.minutes } }
  return { with: { sloIds: new Set(sloIds), schedule: add.schedule } }
}

async function supposing(
  definitions: SloDefinition[],
  supposed: Supposed & { credit?: { at: UnixSeconds; minutes: number } },
  now: UnixSeconds,
): Promise<Corrections> {
  const ids = definitions.map(({ id }) => id)
  const spans = await spansFor(pool(), await wantedSpans(pool(), { ids }, now, supposed), now)
  const credits = (await wantedCredits(pool(), { ids })).filter(({ correctionId }) => correctionId !== supposed.without)
  const known = new Map<number, SloCorrections>()
  for (const id of ids) {
    const mine = credits.filter(({ sloId }) => sloId === id).map(({ at, minutes }) => ({ at, minutes }))
    known.set(id, { spans: spans.get(id) ?? [], credits: supposed.credit ? [...mine, supposed.credit] : mine })
  }
  return correctionsOf(definitions, known)
}

const standing = (status: Status | null): Standing => ({
  sli: status?.sli ?? null,
  remaining: status?.remaining ?? null,
  state: status?.state ?? null,
})

/** What the window loses: events of both kinds, or slices that turn from down to up. */
function difference(definition: SloDefinition, was: Status | null, is: Status | null): SloEffect['excluded'] {
  if (!was || !is) return { good: 0, bad: 0, minutes: 0 }
  const bad = was.counts.total - was.counts.good - (is.counts.total - is.counts.good)
  return unitOf(definition) === 'slices'
    ? { good: 0, bad: 0, minutes: bad }
    : { good: was.counts.good - is.counts.good, bad, minutes: 0 }
}
