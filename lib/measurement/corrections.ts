import type pg from 'pg'
import { type ExcludedSpan, type LedgerUnit, type Lens, lensOf } from '../correction/lens'
import type { Stretch } from '../correction/spans'
import type { SloDefinition } from '../slo/definition'
import { isSliced } from '../slo/one-shot'
import type { UnixSeconds } from '../time-series/units'
import { readSpans } from './excluded-spans'
import type { Sample } from './samples'

type Queryable = Pick<pg.Pool, 'query'>

export type GrantedCredit = { at: UnixSeconds; minutes: number }
/** What is approved for one SLO. */
export type SloCorrections = { spans: ExcludedSpan[]; credits: GrantedCredit[] }
export type Corrections = {
  lens: (sloId: number) => Lens
  /** minutes granted within a window */
  credit: (sloId: number, window: Stretch) => number
  of: (sloId: number) => SloCorrections
}

export const unitOf = ({ plan, accounting }: Pick<SloDefinition, 'plan' | 'accounting'>): LedgerUnit =>
  isSliced(plan, accounting) ? 'slices' : 'events'

const NONE: SloCorrections = { spans: [], credits: [] }

export function correctionsOf(definitions: SloDefinition[], known: Map<number, SloCorrections>): Corrections {
  const lenses = new Map(definitions.map((d) => [d.id, lensOf(known.get(d.id)?.spans ?? [], unitOf(d))]))
  const of = (id: number) => known.get(id) ?? NONE
  return {
    lens: (id) => lenses.get(id) ?? ((_, reading) => reading),
    credit: (id, { from, to }) =>
      of(id).credits.reduce((sum, { at, minutes }) => (at > from && at <= to ? sum + minutes : sum), 0),
    of,
  }
}

/** What is approved for these SLOs. Most have nothing, so most ticks read two small answers. */
export async function loadCorrections(on: Queryable, definitions: SloDefinition[]): Promise<Corrections> {
  const ids = definitions.map(({ id }) => id)
  const known = new Map<number, SloCorrections>()
  const entry = (id: number): SloCorrections => {
    const found = known.get(id) ?? { spans: [], credits: [] }
    known.set(id, found)
    return found
  }
  for (const { id, ...span } of await readSpans(on, ids)) entry(id).spans.push(span)
  const { rows } = await on.query<{ id: number; at: number; minutes: number }>(
    'SELECT slo_id AS id, granted_at AS at, minutes FROM budget_credit WHERE slo_id = ANY($1::int[]) ORDER BY granted_at',
    [ids],
  )
  for (const { id, ...credit } of rows) entry(id).credits.push(credit)
  return correctionsOf(definitions, known)
}

/** Samples as they count, with what is approved taken into account. */
export const throughLens = ({ lens }: Corrections, samples: Sample[]): Sample[] =>
  samples.map((sample) => ({ ...sample, ...lens(sample.sloId)(sample.ts, sample) }))
