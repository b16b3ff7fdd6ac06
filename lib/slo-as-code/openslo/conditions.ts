import type { z } from 'zod'
import type { alertPolicySchema } from '../../alert/alert-policy'
import { lengthText } from '../../format-time'
import { thresholdOf } from '../../slo/alert-pair'
import type { SloWindow } from '../../slo/window'
import { DAY, HOUR, MINUTE, type Seconds } from '../../time-series/units'

/** One pair of windows as the one condition that an alert policy of OpenSLO has: its long window. */

export type PolicyPair = z.output<typeof alertPolicySchema>['pairs'][number]

const CALENDAR: Record<string, number> = { week: 7, month: 30, quarter: 90, year: 365 }

/** Months and years of a calendar differ; the thresholds of a file do not. Days. */
const daysOf = (window: SloWindow): number => (window.kind === 'rolling' ? window.days : (CALENDAR[window.unit] as number))

/** × */
export const burnOf = ({ at, long }: Pick<PolicyPair, 'at' | 'long'>, window: SloWindow): number =>
  'burn' in at ? at.burn : Number(thresholdOf(at.share, daysOf(window) * DAY, long).toPrecision(12))

/** Whole minutes, hours or days; what lies between is rounded up. */
export function durationText(seconds: Seconds): string {
  if (seconds % DAY === 0) return `${seconds / DAY}d`
  return seconds % HOUR === 0 ? `${seconds / HOUR}h` : `${Math.ceil(seconds / MINUTE)}m`
}

/** What a policy is described as where nobody wrote anything else. */
export const policyWords = (threshold: number, long: Seconds): string =>
  `Burns the error budget at ${Number(threshold.toPrecision(3))} × the allowed rate over ${lengthText(long)}.`

const WORDS = /^Burns the error budget at \S+ × the allowed rate over [^.]+\.$/
export const isPolicyWords = (text: string): boolean => WORDS.test(text)
