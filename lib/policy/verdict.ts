import { occurrences } from '../correction/schedule'
import { DAY, type UnixSeconds } from '../time-series/units'
import type { BudgetPolicy, FreezeWindow } from './budget-policy'

type Freeze = Pick<FreezeWindow, 'name' | 'effect' | 'except'> & { from: UnixSeconds; to: UnixSeconds }

const within = (settings: BudgetPolicy, from: UnixSeconds, to: UnixSeconds): Freeze[] =>
  settings.freezes.flatMap(({ name, effect, except, schedule }) =>
    occurrences(schedule, { from, to }).map((stretch) => ({ name, effect, except, ...stretch })),
  )

export const freezesAt = (settings: BudgetPolicy, at: UnixSeconds): Freeze[] =>
  within(settings, at, at + 1).filter(({ from, to }) => from <= at && at < to)

export const nextFreeze = (settings: BudgetPolicy, at: UnixSeconds): Freeze | null =>
  within(settings, at, at + 90 * DAY)
    .filter(({ from }) => from > at)
    .sort((a, b) => a.from - b.from)[0] ?? null
