import type { Ratio } from '../time-series/units'

/** How a team's quarter stands, as far as sharing out its time is concerned. */
export type QuarterState = {
  /** SLOs that can be judged, and of these the ones that spent more than their budget */
  judged: number
  overspent: number
  /** waivers that held within the quarter */
  waivers: number
  /** critical services with an SLO that spent more than its budget */
  exhaustedCritical: string[]
}

export const LEAST_RELIABILITY: Ratio = 0.2
export const MOST_RELIABILITY: Ratio = 0.8
const FOR_OVERSPENT = 40
const PER_WAIVER = 5
const MOST_FOR_WAIVERS = 15
const PER_CRITICAL = 10
const MOST_FOR_CRITICAL = 20
const STEP = 5

export type Proposal = {
  /** of the working time, for reliability; features get the rest */
  reliability: Ratio
  /** points in percent with their reasons; they add up to the proposal before it is rounded and limited */
  reasons: { points: number; text: string }[]
  /** rounded and limited from this, percent */
  sum: number
}

const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

/**
 * A proposal for the next quarter: 20 % to begin with, up to 40 points for the share of SLOs that overspent, 5 for each waiver
 * (15 at most), 10 for each critical service without budget (20 at most). Up to the next 5 %, between 20 and 80 %.
 */
export function proposeSplit({ judged, overspent, waivers, exhaustedCritical }: QuarterState): Proposal {
  const reasons = [{ points: LEAST_RELIABILITY * 100, text: 'Upkeep that every team has.' }]
  if (overspent > 0)
    reasons.push({
      points: (FOR_OVERSPENT * overspent) / judged,
      text: `${overspent} of ${count(judged, 'judged SLO')} spent more than the budget: ${FOR_OVERSPENT} points if all had.`,
    })
  if (waivers > 0)
    reasons.push({
      points: Math.min(MOST_FOR_WAIVERS, waivers * PER_WAIVER),
      text: `${count(waivers, 'waiver was', 'waivers were')} used: ${PER_WAIVER} points each, ${MOST_FOR_WAIVERS} at most.`,
    })
  if (exhaustedCritical.length > 0)
    reasons.push({
      points: Math.min(MOST_FOR_CRITICAL, exhaustedCritical.length * PER_CRITICAL),
      text: `Critical and overspent: ${exhaustedCritical.join(', ')}. ${PER_CRITICAL} points each, ${MOST_FOR_CRITICAL} at most.`,
    })
  const sum = reasons.reduce((total, { points }) => total + points, 0)
  // Noise of binary fractions must not cost a step.
  const stepped = Math.ceil(sum / STEP - 1e-9) * STEP
  return { reliability: Math.min(MOST_RELIABILITY * 100, stepped) / 100, reasons, sum }
}
