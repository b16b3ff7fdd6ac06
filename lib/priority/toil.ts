import { ceiled, floored } from '../format'
import type { Ratio } from '../time-series/units'

/** Working hours of a person and a week. */
const WEEK = 40
const BASE: Ratio = 0.5
const MOST: Ratio = 0.6
const LEAST: Ratio = 0.2
/** Further overspent than this takes nothing more: at 94 % the share is at its lowest. */
const FURTHEST = -6

/**
 * SLO performance of a team in percent, one point for a whole budget. While every objective is kept: 100 plus the mean of
 * what is left. As soon as one is not: 100 minus the mean of what was spent too much, where those that are kept count nothing,
 * because what one leaves does not make up for another. It is SLI ÷ target as a target of 99 % gives it, for every
 * target alike: as it stands, a lax target would weigh more than a strict one. None takes more than 6 points.
 * `remaining`: signed ratios of the judged SLOs; null when there are none.
 */
export function performanceOf(remaining: Ratio[]): number | null {
  if (remaining.length === 0) return null
  const kept = remaining.every((left) => left >= 0)
  const points = remaining.map((left) => (kept ? Math.min(1, left) : Math.max(FURTHEST, Math.min(0, left))))
  return 100 + points.reduce((sum, one) => sum + one, 0) / points.length
}

export type ToilRule = 'base' | 'kept' | 'nearly' | 'below' | 'least'

/**
 * Share of working time that may go into toil (semantics §10): 60 % from 100 % of SLO performance, 50 % from 99 %, below
 * 50 − 5 × (100 − p), never under 20 %.
 */
export function toilShareOf(performance: number | null): { share: Ratio; rule: ToilRule } {
  if (performance === null) return { share: BASE, rule: 'base' }
  if (performance >= 100) return { share: MOST, rule: 'kept' }
  if (performance >= 99) return { share: BASE, rule: 'nearly' }
  const share = (50 - 5 * (100 - performance)) / 100
  return share <= LEAST ? { share: LEAST, rule: 'least' } : { share, rule: 'below' }
}

export type Toil = {
  performance: number | null
  share: Ratio
  rule: ToilRule
  /** people who share the work */
  size: number
  /** a week */
  hours: number
}

/** Hours of a week: share × 40 × people, with the share after its limits. */
export function toilOf(remaining: Ratio[], size: number): Toil {
  const performance = performanceOf(remaining)
  const { share, rule } = toilShareOf(performance)
  return { performance, share, rule, size, hours: share * WEEK * size }
}

/** Rounded against ourselves: what was kept, and what may be spent on toil, goes down. */
export const performanceText = (performance: number | null): string => (performance === null ? '–' : floored(performance, 2))
export const toilShareText = (share: Ratio): string => floored(share * 100, 1)
export const hoursText = (hours: number): string => floored(hours, 1)

const people = (size: number): string => (size === 1 ? '1 person' : `${size} people`)

/** The arithmetic, with the values put in. */
export function toilText({ performance, share, rule, size, hours }: Toil): string {
  const p = performanceText(performance)
  const shareWords: Record<ToilRule, string> = {
    base: 'No SLO is judged, so the base of 50 % holds',
    kept: `${p} % is 100 % or more: 60 %`,
    nearly: `${p} % is 99 % or more: 50 %`,
    below: `50 − 5 × (100 − ${p}) = ${toilShareText(share)} %`,
    least: `50 − 5 × (100 − ${p}) = ${ceiled(50 - 5 * (100 - (performance ?? 100)), 1)} %, and 20 % is the least`,
  }
  if (size === 0) return `${shareWords[rule]}. Say how many people share the work to see hours.`
  return `${shareWords[rule]}. ${toilShareText(share)} % × ${WEEK} h × ${people(size)} = ${hoursText(hours)} h a week.`
}
