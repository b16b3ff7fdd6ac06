import type { Ratio, UnixSeconds } from '../time-series/units'

/** Ways in which an indicator can be broken while its figures look right. */
export const CHECKS = [
  'no-data',
  'constant-burn',
  'never-any-burn',
  'good-over-total',
  'gaps',
  'bucket-bound',
  'retention',
  'label-sets',
] as const
export type Check = (typeof CHECKS)[number]

export const CHECK_WORDS: Record<Check, string> = {
  'no-data': 'no data',
  'constant-burn': 'constant burn',
  'never-any-burn': 'never any burn',
  'good-over-total': 'good over total',
  gaps: 'gaps',
  'bucket-bound': 'threshold off a bucket bound',
  retention: 'retention too short',
  'label-sets': 'labels changed',
}

/** `broken`: the figures cannot be what was meant. `doubtful`: somebody should look. */
export type Severity = 'broken' | 'doubtful'
export type Suspicion = { check: Check; severity: Severity; message: string }

/** A suspicion as it is kept: `since` it was first found, `seen` when it was last. */
export type SloFinding = Suspicion & { since: UnixSeconds; seen: UnixSeconds }

export const shareText = (share: Ratio): string => `${Number((share * 100).toPrecision(2))} %`
