import type { Span, Truth } from './counted'

/**
 * When alerts fire, by the words of the contract: both windows at or above the threshold, enough failures in the long one, a
 * history as old as it; held for `for`, and gone for `keepFiring` before it ends; without data it stands still. It counts
 * events, and uses nothing of the portal.
 */
export type Pair = { long: number; short: number; burn: number; failures: number; for: number }

const HOUR = 3600
/** The workbook's: 2 % of the budget in an hour, 5 % in six, 10 % in a day, 10 % in three. */
export const workbook = (days: number): Pair[] =>
  (
    [
      [1, 1 / 12, 0.02],
      [6, 0.5, 0.05],
      [24, 2, 0.1],
      [72, 6, 0.1],
    ] as const
  ).map(([long, short, share]) => ({
    ...{ long: long * HOUR, short: short * HOUR, burn: (share * days * 24) / long, failures: 5, for: 0 },
  }))

/** 14.4 over an hour for two minutes, 3 over six hours for fifteen. */
export const twoTiers: Pair[] = [
  { long: HOUR, short: 300, burn: 14.4, failures: 0, for: 120 },
  { long: 6 * HOUR, short: 1800, burn: 3, failures: 0, for: 900 },
]
const KEEP_FIRING = 120

export type Fired = { long: number; from: number; to: number | null }
type World = {
  truth: Truth
  target: number
  /** history begins here; judged each minute after the first instant, up to the second */
  begins: number
  judged: Span
  pairs: Pair[]
  /** nothing was measured then */
  absent?: Span
}

export const firedIn = (world: World): Fired[] => world.pairs.flatMap((pair) => spansOf(pair, world))

function spansOf(pair: Pair, { truth, target, begins, judged: [after, to], absent }: World): Fired[] {
  const spans: Fired[] = []
  let [held, gone]: (number | null)[] = [null, null]
  let firing: Fired | null = null
  for (let at = after + 60; at <= to; at += 60) {
    if (absent && at - pair.short >= absent[0] && at <= absent[1]) {
      gone = null
      continue
    }
    if (holds(pair, { truth, target, begins, at })) {
      held ??= at
      gone = null
      if (!firing && at - held >= pair.for) {
        firing = { long: pair.long, from: at, to: null }
        spans.push(firing)
      }
      continue
    }
    held = null
    gone ??= at
    if (firing && at - gone >= KEEP_FIRING) {
      firing.to = at
      firing = null
    }
  }
  return spans
}

function holds(pair: Pair, { truth, target, begins, at }: { truth: Truth; target: number; begins: number; at: number }): boolean {
  if (at - begins < pair.long || pair.burn > 1 / (1 - target)) return false
  const long = truth(at - pair.long, at)
  const burns = [long, truth(at - pair.short, at)].map(({ total, bad }) => (total > 0 ? bad / total / (1 - target) : 0))
  return long.bad >= pair.failures && burns.every((burn) => burn >= pair.burn)
}
