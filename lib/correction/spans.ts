import { resolutionAt } from '../slo/boundaries'
import { ceilTo, floorTo, type UnixSeconds } from '../time-series/units'

export type Stretch = { from: UnixSeconds; to: UnixSeconds }

/**
 * The stretches that several exclusions take out together: overlapping and touching ones become one. Where history is no
 * longer kept by the minute an end moves outward to what is kept, so that nothing that was to be excluded stays in; an end
 * whose counters are `known` stays where it is.
 */
export function mergedSpans(
  stretches: Stretch[],
  now: UnixSeconds,
  known: (ts: UnixSeconds) => boolean = () => false,
): Stretch[] {
  const rounded = stretches
    .map(({ from, to }) => ({
      from: known(from) ? from : floorTo(from, resolutionAt(now - from)),
      to: known(to) ? to : ceilTo(to, resolutionAt(now - to)),
    }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from)
  const merged: Stretch[] = []
  for (const stretch of rounded) {
    const last = merged.at(-1)
    if (last && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to)
    else merged.push({ ...stretch })
  }
  return merged
}

/** What lies inside `within`; what does not touch it is left out. */
export const clippedTo = (stretches: Stretch[], within: Stretch): Stretch[] =>
  stretches
    .map(({ from, to }) => ({ from: Math.max(from, within.from), to: Math.min(to, within.to) }))
    .filter(({ from, to }) => to > from)
