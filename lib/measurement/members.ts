import type pg from 'pg'
import type { MemberMinute, MemberRef } from '../slo/composite'
import { composeMinute } from '../slo/composite'
import { between, type Counts, NO_COUNTS } from '../slo/counts'
import type { CompositeDefinition } from '../slo/definition'
import { inSlices, MINUTE_SLOT } from '../slo/measurement-plan'
import { floorTo, type Ratio, type UnixSeconds } from '../time-series/units'
import type { Measurement, Stretch } from './measure'
import { newestSamples } from './samples'
import type { Tier } from './tiers'

type Queryable = Pick<pg.Pool, 'query'>

/** What has to be known of a composite to count it. */
export type Composed = Pick<CompositeDefinition, 'id' | 'plan' | 'accounting'>

/** How a member of a composite stands. */
export type Member = {
  id: number
  name: string
  bar: Ratio
  /** active and not deleted: it goes on being measured */
  living: boolean
  /** its first fill is not done */
  filling: boolean
  /** its source is silent, or refuses its query */
  cut: boolean
  historyFrom: UnixSeconds | null
  newest: UnixSeconds | null
}
export type Members = Map<string, Member>

export const memberKey = ({ service, slo }: Pick<MemberRef, 'service' | 'slo'>): string => `${service}/${slo}`
export const membersOf = ({ plan }: Pick<Composed, 'plan'>, all: Members): (Member | undefined)[] =>
  plan.members.map((ref) => all.get(memberKey(ref)))

type Row = Omit<Member, 'newest'> & { service: string; slo: string }

/** The members of composites by their short names. Deleted ones keep the counters they had; unknown names are left out. */
export async function loadMembers(on: Queryable, composites: Pick<Composed, 'plan'>[]): Promise<Members> {
  const refs = [...new Map(composites.flatMap(({ plan }) => plan.members).map((ref) => [memberKey(ref), ref])).values()]
  const { rows } = await on.query<Row>(
    `SELECT s.id, s.name, v.slug AS service, s.slug AS slo, coalesce(s.slice_target, s.target) AS bar,
       s.deleted_at IS NULL AND s.lifecycle = 'active' AS living, coalesce(e.backfill, 'pending') <> 'done' AS filling,
       e.quarantined_at IS NOT NULL OR (d.stale_since IS NOT NULL AND s.indicator->>'kind' <> 'composite') AS cut,
       e.history_from AS "historyFrom"
     FROM unnest($1::text[], $2::text[]) AS wanted (service, slo)
     JOIN service v ON v.slug = wanted.service JOIN slo s ON s.service_id = v.id AND s.slug = wanted.slo
     JOIN data_source d ON d.id = s.data_source_id LEFT JOIN slo_evaluation e ON e.slo_id = s.id`,
    [refs.map(({ service }) => service), refs.map(({ slo }) => slo)],
  )
  const newest = await newestSamples(
    on,
    rows.map(({ id }) => id),
  )
  return new Map(
    rows.map(({ service, slo, ...row }) => [`${service}/${slo}`, { ...row, newest: newest.get(row.id)?.ts ?? null }]),
  )
}

/**
 * For `advance`: measures composites from the counters their members have in one tier. A step that is shorter than the
 * tier's takes the share of the tier's step around it: minutes that are no longer kept are read as what they were part of.
 */
export const askMembers =
  (on: Queryable, members: Members, tier: Tier) =>
  async (composites: Composed[], stretch: Stretch): Promise<Measurement> => {
    const instants: UnixSeconds[] = []
    for (let ts = stretch.from + stretch.step; ts <= stretch.to; ts += stretch.step) instants.push(ts)
    const ids = [...new Set(composites.flatMap((one) => membersOf(one, members)).flatMap((member) => member?.id ?? []))]
    const start = floorTo(stretch.from, tier.step)
    const counters = await countersOf(on, tier, ids, { from: start, to: stretch.to })
    const shares = new Map(ids.map((id) => [id, sharesOf(counters.get(id), start, instants)]))
    const readings: Measurement['readings'] = new Map()
    for (const composite of composites) {
      const own = membersOf(composite, members)
      const begun = Math.max(...own.map((member) => member?.historyFrom ?? 0))
      const measured = instants.map((ts, i) => {
        // A composite begins with the youngest of its members: what did not exist yet is not late.
        if (begun === 0 || ts - stretch.step < begun) return null
        const minute = composite.plan.members.map(
          ({ weight }, m): MemberMinute => ({
            weight,
            bar: own[m]?.bar ?? 1,
            ratio: shares.get(own[m]?.id ?? -1)?.[i] ?? null,
          }),
        )
        const share = composeMinute(composite.plan.rule, composite.plan.late, minute)
        return share === null ? null : inSlices(share, stretch.step / MINUTE_SLOT, composite.accounting)
      })
      readings.set(composite.id, measured)
    }
    return { instants, readings, refused: new Map(), queries: 0 }
  }

type Counters = Map<UnixSeconds, Counts>

async function countersOf(
  on: Queryable,
  { table, step }: Tier,
  ids: number[],
  { from, to }: { from: UnixSeconds; to: UnixSeconds },
): Promise<Map<number, Counters>> {
  const { rows } = await on.query({
    text: `SELECT slo_id, ts, good, total, measured FROM ${table} WHERE slo_id = ANY($1::int[]) AND ts BETWEEN $2 AND $3 AND ts % $4 = 0`,
    values: [ids, from, to, step],
    rowMode: 'array',
  })
  const found = new Map<number, Counters>()
  for (const [id, ts, good, total, measured] of rows as [number, number, number, number, number][]) {
    const counters = found.get(id) ?? new Map<UnixSeconds, Counts>()
    counters.set(ts, { good, total, measured })
    found.set(id, counters)
  }
  return found
}

/** Good ÷ total of each step, 1 when it was idle, `null` when the measured count stood still. */
function sharesOf(counters: Counters | undefined, start: UnixSeconds, instants: UnixSeconds[]): (Ratio | null)[] {
  // Without a reading at the start, history had not begun and the counters stood at zero.
  let last = counters?.get(start) ?? NO_COUNTS
  return instants.map((ts) => {
    const now = counters?.get(ts) ?? last
    const { good, total, measured } = between(last, now)
    last = now
    if (measured <= 0) return null
    return total > 0 ? Math.min(1, Math.max(0, good / total)) : 1
  })
}
