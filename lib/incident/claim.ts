import type { FieldIssue } from '../errors'
import type { UnixSeconds } from '../time-series/units'

/** A stretch of an SLO that an incident spent; `to` null while it goes on. Unix seconds, whole minutes. */
export type ImpactStretch = { id: number; from: UnixSeconds; to: UnixSeconds | null; claimedBy: string | null }
export type Reach = { from: UnixSeconds | null; to: UnixSeconds | null }

/** Why a stretch cannot be claimed. `reach`: the history of the SLO, as far as its counters have come. */
export function claimProblems(asked: { from: UnixSeconds; to: UnixSeconds }, reach: Reach, now: UnixSeconds): FieldIssue[] {
  const issue = (path: string, message: string) => [{ path, message }]
  if (asked.to <= asked.from) return issue('to', 'The end is not after the start. Write a later end.')
  if (asked.to > now) return issue('to', 'The end is still to come. Write one of the past.')
  if (reach.from === null || reach.to === null) return issue('slo', 'This SLO has no history yet. Claim when it is measured.')
  if (asked.from < reach.from) return issue('from', 'The history of this SLO begins later. Write a later start.')
  if (asked.to > reach.to) return issue('to', 'The SLO is not measured up to there yet. Write an earlier end, or wait a minute.')
  return []
}

/**
 * A claim together with the stretches of the same incident and SLO that it overlaps or touches: they become one, so that
 * nothing is counted twice. What belonged to the incident itself goes on to.
 */
export function mergedClaim(
  claim: { from: UnixSeconds; to: UnixSeconds; by: string },
  known: ImpactStretch[],
): { stretch: Omit<ImpactStretch, 'id'>; replaces: number[] } {
  const stretch: Omit<ImpactStretch, 'id'> = { from: claim.from, to: claim.to, claimedBy: claim.by }
  const replaces: number[] = []
  // Oldest first: a stretch that grows may reach the next one.
  for (const one of [...known].sort((a, b) => a.from - b.from)) {
    if ((one.to ?? Number.POSITIVE_INFINITY) < stretch.from || one.from > (stretch.to ?? Number.POSITIVE_INFINITY)) continue
    replaces.push(one.id)
    stretch.from = Math.min(stretch.from, one.from)
    stretch.to = one.to === null || stretch.to === null ? null : Math.max(stretch.to, one.to)
    if (one.claimedBy === null) stretch.claimedBy = null
  }
  return { stretch, replaces }
}

/** Stretches of one SLO that come to overlap become one; those that only touch stay. Oldest first. */
export function joined(known: ImpactStretch[]): (ImpactStretch & { swallows: number[] })[] {
  const result: (ImpactStretch & { swallows: number[] })[] = []
  for (const one of [...known].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (!last || one.from >= (last.to ?? Number.POSITIVE_INFINITY)) {
      result.push({ ...one, swallows: [] })
      continue
    }
    last.to = one.to === null || last.to === null ? null : Math.max(last.to, one.to)
    if (one.claimedBy === null) last.claimedBy = null
    last.swallows.push(one.id)
  }
  return result
}
