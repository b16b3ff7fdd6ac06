import { type CorrectionDraft, repeatOf, rruleOf } from '../correction/draft'
import type { ChangeType, Decision, Risk } from '../release/vocabulary'
import { slugOf } from '../slo/definition-input'
import type { JudgedState } from '../slo/state'
import { DAY, type UnixSeconds } from '../time-series/units'
import type { BudgetPolicy, FreezeWindow } from './budget-policy'
import type { BudgetPolicyInput } from './schema'

/** A policy while it is written: what people type, in the units they think in. Shares are %. */
type Levels = Record<'attention' | 'warning' | 'critical', string>
export type FreezeDraft = { name: string; effect: FreezeWindow['effect']; except: ChangeType[] } & Pick<
  CorrectionDraft,
  'from' | 'to' | 'timeZone' | 'repeat' | 'until' | 'rule'
>
export type BudgetPolicyDraft = Pick<BudgetPolicyInput, 'name' | 'slug' | 'description'> &
  Pick<BudgetPolicy, 'unknown' | 'lanes' | 'incidents' | 'approvers' | 'unreachable' | 'agreedBy'> & {
    lookback: string
    pace: Levels
    floor: Levels
    matrix: Record<JudgedState, Record<Risk, Decision>>
    costFloor: string
    freezes: FreezeDraft[]
    validHours: string
    longestDays: string
    largestLimit: string
    states: Record<JudgedState, { consequence: string; allClear: string }>
  }

/** The next freeze window: a day in a week, under a name that is free, so that nothing is wrong before anything is typed. */
export function newFreeze(used: string[], now: UnixSeconds): FreezeDraft {
  const day = (ahead: number): string => `${new Date((now + ahead * DAY) * 1000).toISOString().slice(0, 10)}T00:00`
  let number = used.length + 1
  while (used.includes(`Freeze window ${number}`)) number += 1
  return {
    ...{ name: `Freeze window ${number}`, effect: 'block', except: ['security_fix'] },
    ...{ from: day(7), to: day(8), timeZone: 'UTC', repeat: 'never', until: '', rule: '' },
  }
}

const percent = (share: number): string => String(Number((share * 100).toPrecision(12)))
const number = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))
const share = (text: string): number => Number((number(text) / 100).toPrecision(12))
const levels = <A, B>(of: Record<keyof Levels, A>, to: (value: A) => B): Record<keyof Levels, B> => ({
  ...{ attention: to(of.attention), warning: to(of.warning), critical: to(of.critical) },
})

export const draftOfBudgetPolicy = ({ name, slug, description, settings }: BudgetPolicyInput): BudgetPolicyDraft => {
  const { status, costFloor, freezes, validHours, waivers, ...same } = settings
  return {
    ...{ name, slug, description, ...same, lookback: percent(status.lookbackShare) },
    ...{ pace: levels(status.pace, String), floor: levels(status.floor, percent), costFloor: percent(costFloor) },
    freezes: freezes.map(({ schedule: { rrule, ...when }, ...freeze }) => ({ ...freeze, ...when, ...repeatOf(rrule) })),
    ...{ validHours: String(validHours), longestDays: String(waivers.longestDays), largestLimit: percent(waivers.largestLimit) },
  }
}

/** A new policy begins as a copy of another. */
export const copyOfBudgetPolicy = (policy: BudgetPolicyInput): BudgetPolicyDraft => {
  const name = `${policy.name}, copy`
  return { ...draftOfBudgetPolicy(policy), name, slug: slugOf(name) }
}

/** What the command takes; what is no number stays one that is refused at its field. */
export const inputOfBudgetDraft = (draft: BudgetPolicyDraft) => {
  const { name, slug, description, lookback, pace, floor, costFloor, freezes, validHours, longestDays, largestLimit, ...same } =
    draft
  return {
    ...{ name, slug, description },
    settings: {
      ...same,
      status: { lookbackShare: share(lookback), pace: levels(pace, number), floor: levels(floor, share) },
      costFloor: share(costFloor),
      freezes: freezes.map(({ name: title, effect, except, from, to, timeZone, ...repeat }) => ({
        ...{ name: title, effect, except, schedule: { from, to, timeZone, rrule: rruleOf(repeat) } },
      })),
      validHours: number(validHours),
      waivers: { longestDays: number(longestDays), largestLimit: share(largestLimit) },
    },
  }
}

/** The field of the form that a refusal of the command is about. */
export const budgetPolicyField = (path: string): string =>
  path
    .replace(/^policy\./, '')
    .replace(/^settings\./, '')
    .replace(/^status\.lookbackShare$/, 'lookback')
    .replace(/^(status|waivers)\./, '')
    .replace(/\.schedule\.rrule$/, '.rule')
    .replace(/\.schedule\./, '.')
