import { occurrences } from '../correction/schedule'
import { betterDecision, type ChangeType, type Decision, type Risk, worseDecision } from '../release/vocabulary'
import type { JudgedState, SloState } from '../slo/state'
import { DAY, type UnixSeconds } from '../time-series/units'
import type { BudgetPolicy, FreezeWindow } from './budget-policy'

/** How an SLO stands: its state, and what its numbers alone say while data are missing. */
export type Standing = { state: SloState; judged: JudgedState }

/** One time that a freeze window lasts, unix seconds. The instant it begins is in it, the one it ends is not. */
export type Freeze = Pick<FreezeWindow, 'name' | 'effect' | 'except'> & { from: UnixSeconds; to: UnixSeconds }

type Freezing = Pick<BudgetPolicy, 'freezes'>

/** What the matrix says (semantics §9). Nobody gets a better answer for not being measured. */
export function matrixDecision(
  { matrix, unknown, unreachable }: Pick<BudgetPolicy, 'matrix' | 'unknown' | 'unreachable'>,
  { state, judged }: Standing,
  risk: Risk,
): Decision {
  if (state === 'not-enough-data') return worseDecision(matrix[judged][risk], unknown)
  if (state === 'no-data') return worseDecision(matrix[judged][risk], worseDecision(unknown, unreachable.data))
  return matrix[state][risk]
}

/** Freeze windows that touch `from`..`to`, in the order of the policy, each oldest first. */
export const freezesWithin = ({ freezes }: Freezing, from: UnixSeconds, to: UnixSeconds): Freeze[] =>
  freezes.flatMap(({ name, effect, except, schedule }) =>
    occurrences(schedule, { from, to }).map((stretch) => ({ name, effect, except, ...stretch })),
  )

/** Freeze windows that last at an instant. */
export const freezesAt = (settings: Freezing, at: UnixSeconds): Freeze[] => freezesWithin(settings, at, at + 1)

/** A year is looked at only when nearer there is nothing: rules of days would be laid out by the hundred. */
const REACHES = [40 * DAY, 800 * DAY]

/** The freeze window that begins next after an instant; `null` when none does within two years. */
export function nextFreeze(settings: Freezing, at: UnixSeconds): Freeze | null {
  for (const reach of REACHES) {
    const ahead = freezesWithin(settings, at, at + reach).filter(({ from }) => from > at)
    if (ahead.length > 0) return ahead.reduce((first, one) => (one.from < first.from ? one : first))
  }
  return null
}

/** Of a policy, the freeze windows that have a say in a change of this type. */
export const stoppingFor = ({ freezes }: Freezing, changeType: ChangeType): Freezing => ({
  freezes: freezes.filter(({ except }) => !except.includes(changeType)),
})

/** Whether a freeze window has a say in a change of this type. */
export const stops = ({ except }: Pick<Freeze, 'except'>, changeType: ChangeType): boolean => !except.includes(changeType)

/**
 * The decision of one policy about one change: the worst of the matrix and the freeze windows that last, and then at most as
 * bad as the lane of its type. `standing` is `null` where no SLO has a say: then a person does.
 */
export function verdictWith(
  settings: BudgetPolicy,
  standing: Standing | null,
  { risk, changeType }: { risk: Risk; changeType: ChangeType },
  freezes: Freeze[],
): Decision {
  const start = standing ? matrixDecision(settings, standing, risk) : 'review'
  const worst = freezes
    .filter((freeze) => stops(freeze, changeType))
    .reduce<Decision>((decision, { effect }) => worseDecision(decision, effect), start)
  return betterDecision(worst, settings.lanes[changeType])
}

/** The same at an instant. */
export const verdictOf = (
  settings: BudgetPolicy,
  standing: Standing | null,
  risk: Risk,
  changeType: ChangeType,
  at: UnixSeconds,
): Decision => verdictWith(settings, standing, { risk, changeType }, freezesAt(settings, at))
