import { ceiled, floored, MINUS, NONE, THIN } from '../../format'
import { instantText, lengthText } from '../../format-time'
import { MINUTE } from '../../time-series/units'
import type { MonthFigure, Outcome, ReportDocument } from '../document'
import { monthName as nameOfMonth } from '../month'
import { html, type Markup } from './markup'

/** June 2026 */
export const monthYear = nameOfMonth
/** June */
export const monthName = (month: string): string => nameOfMonth(month).slice(0, -5)
/** Jun */
export const shortMonth = (month: string): string => monthName(month).slice(0, 3)

/** A share of at least this is drawn and named; the noise of binary fractions is not. */
const NOISE = 1e-9
/** Figure and unit, as every number of a report has one. */
export const withUnit = (figure: string, unit = '%'): Markup =>
  html`${figure}${figure === NONE ? '' : html`<span class="u">${THIN}${unit}</span>`}`
/** The same in a sentence or an attribute. */
export const percent = (figure: string): string => (figure === NONE ? NONE : `${figure}${THIN}%`)

export const tenthsOf = (share: number): number => Math.ceil(share * 1000 - NOISE) + 0
export const tenthsText = (tenths: number): string => `${tenths < 0 ? MINUS : ''}${(Math.abs(tenths) / 10).toFixed(1)}`

/** What happened may be part of an event where counters were torn; failures go up, what is allowed goes down. */
export const badText = (bad: number): string => ceiled(bad, 0)
export const allowedText = (allowed: number): string => floored(allowed, 0)

const thousandths = (sli: number): number => Math.floor(sli * 100_000 + NOISE)
/** +0.012: percentage points between two shown figures; null where one is missing. */
export function changeText(before: MonthFigure | undefined, sli: number | null): string | null {
  if (!before || before.sli === null || sli === null) return null
  const points = thousandths(sli) - thousandths(before.sli)
  return `${points < 0 ? MINUS : points > 0 ? '+' : '±'}${(Math.abs(points) / 1000).toFixed(3)}`
}

/** 84 ms · 1.24 s: rounded up. */
export const durationText = (seconds: number | null): string => {
  if (seconds === null) return NONE
  return seconds < 0.9995 ? `${ceiled(seconds * 1000, 0)}${THIN}ms` : `${ceiled(seconds, 2)}${THIN}s`
}

export const OUTCOME_WORDS: Record<Outcome, string> = {
  met: 'met',
  not_met: 'not met',
  no_data: 'no data',
  not_enough_data: 'not enough data',
}

/** Sentences of a document keep a figure and its unit on one line. */
export const unbroken = (text: string): string => text.replace(/(\d) %/g, `$1${THIN}%`)

/** June 2026, or June 2026 so far. */
export const isPreview = ({ asOf, period }: ReportDocument): boolean => asOf < period.to

/** Everything about time that the parts of one report share. */
export type Clock = { at: (instant: number) => string; stretch: (from: number, to: number | null) => string; zone: string }

export function clockOf({ zone, asOf }: ReportDocument): Clock {
  const at = (instant: number) => instantText(instant, asOf, zone)
  return {
    at,
    // A minute that was begun was spent.
    stretch: (from, to) =>
      `${at(from)}, ${to === null ? 'goes on' : lengthText(Math.max(MINUTE, Math.ceil((to - from) / MINUTE) * MINUTE))}`,
    zone,
  }
}

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`
