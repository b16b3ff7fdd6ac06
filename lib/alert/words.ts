import { ceiled, factorText, MINUS } from '../format'
import { lengthText, whenText } from '../format-time'
import { type AlertPair, canFire, timeToFire } from '../slo/alert-pair'
import { highestBurnRate } from '../slo/burn-rate'
import type { Ratio, Seconds, UnixSeconds } from '../time-series/units'
import type { AlertEventKind } from './alert'
import type { AlertPolicy } from './alert-policy'
import type { AlertScope } from './in-force'
import type { Mute } from './transition'

type PolicyPair = AlertPolicy['pairs'][number]

export const shareText = (share: Ratio): string => `${factorText(share * 100)} %`
export const thresholdText = (at: PolicyPair['at']): string =>
  'share' in at ? `${shareText(at.share)} of the budget` : `${factorText(at.burn)}×`

/** Short times to the second, for they are what a pager is judged by. */
export const soonText = (seconds: Seconds): string => (seconds < 600 ? `${ceiled(seconds, 0)} s` : lengthText(seconds))

/** "14.4× over 1 h = 2 % of a 30 d budget; a total outage pages after 52 s". What the pair means for one window and target. */
export function arithmeticText(pair: AlertPair, window: Seconds, target: Ratio): string {
  const means = `${factorText(pair.threshold)}× over ${lengthText(pair.long)} = ${shareText(pair.budgetShare)} of a ${lengthText(window)} budget`
  const fires = timeToFire(pair, target, 1)
  if (fires === null) return `${means}; never reached: everything failing burns at ${factorText(highestBurnRate(target))}×`
  return `${means}; a total outage ${pair.severity === 'page' ? 'pages' : 'opens a ticket'} after ${soonText(fires + pair.for)}`
}

/** Why a pair is no use for an SLO; `null` when it is. */
export const unreachableText = (pair: AlertPair, target: Ratio, name: string): string | null =>
  canFire(pair, target)
    ? null
    : `The pair over ${lengthText(pair.long)} asks for ${factorText(pair.threshold)}×, but ${name} promises ${shareText(target)} and ` +
      `burns at most at ${factorText(highestBurnRate(target))}×: it could never fire. Choose a smaller share, or a longer window.`

export const SCOPE_WORDS: Record<AlertScope, string> = {
  slo: 'assigned to this SLO',
  service: 'assigned to its service',
  tier: 'assigned to its tier',
  default: 'the default',
  preset: 'nothing is assigned',
}

export function muteText(mute: Mute, now: UnixSeconds): string {
  if (mute.because === 'page') return 'the same SLO paged already'
  if (mute.because === 'maintenance') return `maintenance until ${whenText(mute.until, now)}`
  return `${mute.service}, which it needs, pages already`
}

export const EVENT_WORDS: Record<AlertEventKind, string> = {
  pending: 'The condition began to hold',
  fired: 'Fired',
  muted: 'Muted',
  unmuted: 'Unmuted',
  frozen: 'Stands still',
  thawed: 'Goes on',
  resolved: 'Ended',
  cancelled: 'Ended before it fired',
}

const guards = ({ minFailures, minEvents, for: hold }: PolicyPair): string[] => [
  ...(minFailures > 0 ? [`at least ${minFailures} bad events`] : []),
  ...(minEvents > 0 ? [`at least ${minEvents} events`] : []),
  ...(hold > 0 ? [`for ${lengthText(hold)}`] : []),
]

/** "at least 5 bad events, for 2 min"; a minus when there is none. */
export const guardText = (pair: PolicyPair): string => guards(pair).join(', ') || MINUS

export const pairName = ({ long, short }: Pick<PolicyPair, 'long' | 'short'>): string =>
  short === undefined ? lengthText(long) : `${lengthText(long)} and ${lengthText(short)}`
