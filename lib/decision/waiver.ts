import type { Ratio, UnixSeconds } from '../time-series/units'

/** A waiver opens what is blocked, for a while, and ends by itself. */

export const WAIVER_STATUSES = ['asked', 'active', 'refused', 'withdrawn', 'revoked', 'ended'] as const
export type WaiverStatus = (typeof WAIVER_STATUSES)[number]
export const WAIVER_VERBS = ['grant', 'refuse', 'withdraw', 'revoke', 'end'] as const
export type WaiverVerb = (typeof WAIVER_VERBS)[number]

/** Two people sign, and neither is the one who asked. */
export const SIGNATURES = 2

const FROM: Record<WaiverVerb, WaiverStatus> = {
  grant: 'asked',
  refuse: 'asked',
  withdraw: 'asked',
  revoke: 'active',
  end: 'active',
}

/** The status after a verb; `null` when it is not possible from here. `grants`: signatures that grant it already. */
export function movedWaiver(status: WaiverStatus, verb: WaiverVerb, grants: number): WaiverStatus | null {
  if (FROM[verb] !== status) return null
  switch (verb) {
    case 'grant':
      return grants + 1 >= SIGNATURES ? 'active' : 'asked'
    case 'refuse':
      return 'refused'
    case 'withdraw':
      return 'withdrawn'
    case 'revoke':
      return 'revoked'
    case 'end':
      return 'ended'
  }
}

/** Why a waiver ends by itself, as a sentence; `null` while it holds. */
export function endOf(waiver: { untilTs: UnixSeconds; spent: Ratio; budgetLimit: Ratio }, now: UnixSeconds): string | null {
  if (waiver.spent >= waiver.budgetLimit) return 'The budget it may spend is spent.'
  return now >= waiver.untilTs ? 'Its time is over.' : null
}
