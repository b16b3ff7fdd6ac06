import { MINUTE, type Ratio, type Seconds } from '../time-series/units'
import { highestBurnRate } from './burn-rate'
import { LOOKBACKS } from './lookback'

/** Multi-window, multi-burn-rate alerting (semantics §6; Site Reliability Workbook, chapter 5, approach 6). */
export type AlertSeverity = 'page' | 'ticket'

/** A pair of a policy as it holds for one SLO: lib/alert/alert-policy.ts says which. */
export type AlertPair = {
  long: Seconds
  short: Seconds
  severity: AlertSeverity
  /** share of the window's budget that is spent when the long window is at the threshold */
  budgetShare: Ratio
  /** × */
  threshold: number
  /** bad events, and events, that the long window must hold */
  minFailures: number
  minEvents: number
  /** the condition has to hold this long */
  for: Seconds
}

/**
 * One twelfth of the long window, never below 5 minutes or four scrapes: the shortest lookback that is measured and long
 * enough, because one that is not measured could never fire. Seconds.
 */
export function shortOf(long: Seconds, scrape: Seconds): Seconds {
  const needed = Math.max(long / 12, 5 * MINUTE, 4 * scrape)
  return Object.values(LOOKBACKS).find((length) => length >= needed) ?? LOOKBACKS.h72
}

/** share × window ÷ long: the burn that spends `share` of the budget within the long window. */
export const thresholdOf = (budgetShare: Ratio, window: Seconds, long: Seconds): number => (budgetShare * window) / long

/** The reverse: what is gone when the long window stands at this burn rate. */
export const budgetShareOf = (burn: number, window: Seconds, long: Seconds): Ratio => (burn * long) / window

type Burning = Pick<AlertPair, 'long' | 'short' | 'threshold'>

/** False when even a full outage stays below the threshold. */
export const canFire = (pair: Pick<AlertPair, 'threshold'>, target: Ratio): boolean => pair.threshold <= highestBurnRate(target)

/** Both windows at or above the threshold; unknown burn never fires. */
export const holds = (pair: Pick<AlertPair, 'threshold'>, longBurn: number | null, shortBurn: number | null): boolean =>
  longBurn !== null && shortBurn !== null && longBurn >= pair.threshold && shortBurn >= pair.threshold

/**
 * Seconds from the start of a constant error ratio until the pair's condition holds on a clean history, `null` for never.
 * (1 − target) ÷ error ratio × long × threshold, reached in the short window no later than in the long one.
 */
export function timeToFire(pair: Burning, target: Ratio, errorRatio: Ratio): Seconds | null {
  const full = errorRatio * highestBurnRate(target)
  if (full < pair.threshold) return null
  return (pair.threshold / full) * pair.long
}

/** Seconds after the errors stop until the short window falls below the threshold (long outage behind it). */
export const timeToReset = (pair: Burning, target: Ratio, errorRatio: Ratio): Seconds =>
  pair.short * (1 - pair.threshold / (errorRatio * highestBurnRate(target)))
