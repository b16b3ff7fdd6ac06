import { burnRateOf } from '../slo/burn-rate'
import { badOf, between, type Counts } from '../slo/counts'
import { budgetInEvents } from '../slo/error-budget'
import { HOUR, MINUTE, type Ratio, type Seconds, type UnixSeconds } from '../time-series/units'

/** How long before and after a release is compared, and the least of it. */
export const REACH: Seconds = 6 * HOUR
const LEAST_BEFORE: Seconds = 30 * MINUTE
const LEAST_AFTER: Seconds = 15 * MINUTE
const SLICE: Seconds = 5 * MINUTE

/** A release is worth a question from this share of the budget on, when chance is as unlikely as that. */
const WORTH: Ratio = 0.02
const CHANCE: Ratio = 0.001

export type Stretch = { from: UnixSeconds; to: UnixSeconds }
/** The releases of the same service around one. */
export type Around = { at: UnixSeconds; before: UnixSeconds | null; next: UnixSeconds | null }

/**
 * The stretches that are compared: up to six hours before, back to the release before but at least half an hour; and from
 * the release to the next one, six hours at most, as far as `now`. `null` until a quarter of an hour has passed.
 */
export function stretchesOf({ at, before, next }: Around, now: UnixSeconds): { before: Stretch; after: Stretch } | null {
  if (now < at + LEAST_AFTER) return null
  const from = Math.min(at - LEAST_BEFORE, Math.max(at - REACH, before ?? 0))
  const to = Math.min(at + REACH, now, next ?? Number.POSITIVE_INFINITY)
  return to > at ? { before: { from, to: at }, after: { from: at, to } } : null
}

/** The end of the stretch after a release when nothing else comes. */
export const closesAt = ({ at, next }: Around): UnixSeconds => Math.min(at + REACH, next ?? Number.POSITIVE_INFINITY)

/** Instants at which counters are wanted: both ends, and the five minutes between them. */
export function instantsOf({ from, to }: Stretch): UnixSeconds[] {
  const instants = [from]
  for (let at = from + SLICE - (from % SLICE); at < to; at += SLICE) instants.push(at)
  return [...instants, to]
}

/** Cumulative counters as they count, oldest first. */
export type Reading = { ts: UnixSeconds } & Counts

type Counted = Stretch & { bad: number; total: number }
/** What was seen, for whoever decides. */
export type AttributionEvidence = {
  before: Counted
  /** the whole stretch after the release */
  after: Counted
  /** the part of it that burned faster than before: what the release would answer for */
  part: Counted
  /** bad events of `part` beyond what the baseline would have brought */
  excess: number
  /** `excess` as a share of the budget of the SLO's window */
  budgetShare: Ratio
  /** at most this likely, if the release had changed nothing */
  chance: Ratio
  /** how much more unevenly than by chance failures came before the release */
  dispersion: number
  /** burn rates of the two stretches, × */
  burn: { before: number | null; after: number | null }
}
export type Attribution = Stretch & { baseline: Ratio; evidence: AttributionEvidence }

type Comparison = {
  /** readings at `instantsOf` of both stretches */
  before: Reading[]
  after: Reading[]
  target: Ratio
  /** events of the whole window; the budget is a share of them */
  windowTotal: number
}

/**
 * Did a budget burn faster after a release than before it? `null` when not, or when nobody can tell: nothing happened on one
 * side. What is asked of a proposal, both:
 * - more than 2 % of the budget went beyond what the baseline ratio would have spent;
 * - chance is unlikely. If failures came at one rate all along, those after the release would be binomial among all of
 *   them, with the share of events that came after (the conditional test of Przyborowski & Wilenski 1940). Their number is
 *   at least what was seen with a probability of at most exp(−k · KL(seen ‖ share)) (Hoeffding 1963, theorem 1): an upper bound
 *   that needs no tables and never flatters. Failures come in bursts, so counts are divided by the dispersion of the
 *   baseline first (quasi-likelihood, McCullagh & Nelder 1989, §4.5).
 * The stretch is the run of slices with the greatest excess over the baseline (maximum segment sum, Bentley 1984).
 */
export function attributionOf({ before, after, target, windowTotal }: Comparison): Attribution | null {
  const [whole, rest] = [countedIn(before), countedIn(after)]
  if (whole.total <= 0 || rest.total <= 0) return null
  const baseline = whole.bad / whole.total
  const dispersion = dispersionOf(before, baseline)
  const chance = chanceOf(whole, rest, dispersion)
  const part = worstRun(after, baseline)
  const excess = part.bad - baseline * part.total
  const { allowed } = budgetInEvents({ good: windowTotal, total: windowTotal, measured: 0 }, target)
  const budgetShare = allowed > 0 ? excess / allowed : 0
  if (!(budgetShare > WORTH && chance < CHANCE)) return null
  const burn = { before: burnOf(whole, target), after: burnOf(rest, target) }
  const evidence = { before: whole, after: rest, part, excess, budgetShare, chance, dispersion, burn }
  return { from: part.from, to: part.to, baseline, evidence }
}

const burnOf = ({ bad, total }: Counted, target: Ratio) => burnRateOf({ good: total - bad, total, measured: 0 }, target)

function countedIn(readings: Reading[]): Counted {
  const [first, last] = [readings[0], readings.at(-1)]
  if (!first || !last) return { from: 0, to: 0, bad: 0, total: 0 }
  const counts = between(first, last)
  return { from: first.ts, to: last.ts, bad: badOf(counts), total: counts.total }
}

const slicesOf = (readings: Reading[]): Counted[] =>
  readings.slice(1).map((reading, i) => countedIn([readings[i] as Reading, reading]))

/** Pearson's χ² per degree of freedom; never below 1: failures that come too evenly prove nothing. */
function dispersionOf(readings: Reading[], ratio: Ratio): number {
  const slices = slicesOf(readings).filter(({ total }) => total > 0)
  if (ratio <= 0 || slices.length < 2) return 1
  const sum = slices.reduce((chi, { bad, total }) => chi + (bad - ratio * total) ** 2 / (ratio * total), 0)
  return Math.max(1, sum / (slices.length - 1))
}

function chanceOf(before: Counted, after: Counted, dispersion: number): Ratio {
  const bad = before.bad + after.bad
  const share = after.total / (before.total + after.total)
  if (bad <= 0) return 1
  const seen = after.bad / bad
  return seen <= share ? 1 : Math.exp((-bad / dispersion) * divergence(seen, share))
}

/** Kullback–Leibler divergence of two coins, nats. */
const divergence = (a: Ratio, b: Ratio): number =>
  (a > 0 ? a * Math.log(a / b) : 0) + (a < 1 ? (1 - a) * Math.log((1 - a) / (1 - b)) : 0)

/** The run of slices whose failures exceed the baseline most. */
function worstRun(readings: Reading[], ratio: Ratio): Counted {
  let best = { sum: 0, from: 0, to: 0 }
  let run = { sum: 0, from: 0 }
  slicesOf(readings).forEach(({ bad, total }, i) => {
    if (run.sum <= 0) run = { sum: 0, from: i }
    run.sum += bad - ratio * total
    if (run.sum > best.sum) best = { sum: run.sum, from: run.from, to: i + 1 }
  })
  return countedIn(readings.slice(best.from, best.to + 1))
}
