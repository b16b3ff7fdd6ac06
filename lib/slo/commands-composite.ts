import 'server-only'
import { pool } from '../db/client'
import { type Alongside, advance, UNFENCED } from '../measurement/advance'
import { countsOf } from '../measurement/inputs'
import type { Measurement, Stretch } from '../measurement/measure'
import { askMembers, type Composed, loadMembers, membersOf } from '../measurement/members'
import { markProvisional } from '../measurement/provisional'
import { reachOf } from '../measurement/reach'
import type { Sample } from '../measurement/samples'
import { FIVES, MINUTES, tierAt } from '../measurement/tiers'
import { ceilTo, MINUTE, type UnixSeconds } from '../time-series/units'
import { type Counts, NO_COUNTS } from './counts'
import type { CompositeDefinition } from './definition'

type Note = (at: UnixSeconds) => Alongside

/** Moves a composite from its newest reading to the minute its members have reached. Returns that minute. */
export async function refreshComposite(
  composite: CompositeDefinition,
  newest: Sample,
  { until, now, note }: { until: UnixSeconds; now: UnixSeconds; note?: Note | undefined },
): Promise<UnixSeconds> {
  const members = await loadMembers(pool(), [composite])
  const { to, provisionalFrom } = reachOf(membersOf(composite, members), until, false)
  if (to === null || to <= newest.ts) {
    await note?.(newest.ts)(pool())
    return newest.ts
  }
  if (provisionalFrom !== null) await markProvisional(pool(), composite.id, Math.max(newest.ts, provisionalFrom))
  const stretch = { from: newest.ts, to, step: MINUTE }
  const work = { definitions: [composite], start: countsOf([newest]), stretch, now, judge: true, fence: UNFENCED }
  await advance(pool(), askMembers(pool(), members, MINUTES), { ...work, ...(note && { alongside: note(to) }) })
  return to
}

/** The members of a composite that go on being measured. */
export async function livingMembers(composite: CompositeDefinition): Promise<number[]> {
  const members = membersOf(composite, await loadMembers(pool(), [composite]))
  return members.flatMap((member) => (member?.living ? [member.id] : []))
}

/** What the members' counters say again about a stretch, step by step. Nothing is written. */
export async function recount(
  composite: CompositeDefinition,
  { from, to }: { from: UnixSeconds; to: UnixSeconds },
  now: UnixSeconds,
): Promise<Counts> {
  const members = await loadMembers(pool(), [composite])
  const tier = tierAt(from, now)
  const stretch = { from: ceilTo(from, tier.step), to, step: tier.step }
  const { readings } = await askMembers(pool(), members, tier)([composite], stretch)
  return (readings.get(composite.id) ?? []).reduce<Counts>(
    (sum, slot) =>
      slot ? { good: sum.good + slot.good, total: sum.total + slot.total, measured: sum.measured + tier.step / MINUTE } : sum,
    NO_COUNTS,
  )
}

/** A composite that is not written yet, from the counters its members have. */
export async function previewMembers(composite: Composed, stretch: Stretch): Promise<Measurement> {
  return askMembers(pool(), await loadMembers(pool(), [composite]), FIVES)([composite], stretch)
}
