import { ceiled } from '../format'
import { tierText } from '../service/tier'
import { ALERT_WEIGHT, EFFORT_COST, type Effort, JOURNEY_IMPACT, type Judged, type Score, TIER_IMPACT } from './priority'

/** Enough digits to work it out again, and no more. */
const exact = (value: number): string => String(Number(value.toFixed(4)))

export const scoreText = (score: number): string => ceiled(score, 2)
export const effortText = (effort: Effort): string => `${effort} costs ${EFFORT_COST[effort]}`

const impactTerm = (tier: Judged['tier'], journey: Score['journey']): string => {
  const own = `${TIER_IMPACT[tier]} (${tierText(tier)})`
  return journey ? `(${own} + ${JOURNEY_IMPACT[journey.criticality]} (${journey.name} journey))` : own
}

function overTerm({ consumed, pace }: Judged, { over, overBy, alertLoad }: Score): string {
  const from = overBy === 'pace' ? `${exact(pace ?? 0)} pace − 1` : `${exact(consumed ?? 0)} spent − 1`
  const terms = [over > 0 ? from : '', alertLoad > 0 ? `${exact(alertLoad)} alert load` : ''].filter(Boolean)
  return terms.length === 0 ? '0' : `(${terms.join(' + ')})`
}

/** The formula with the values put in: "4 (critical) × (1.38 spent − 1 + 0.2 alert load) ÷ 2 (M) = 1.16". */
export const formulaText = (gap: Judged & { score: Score }): string =>
  `${impactTerm(gap.tier, gap.score.journey)} × ${overTerm(gap, gap.score)} ÷ ${gap.score.cost} (${gap.effort}) = ${scoreText(gap.score.score)}`

const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** Where each part of the formula comes from, one sentence each. */
export function partTexts(gap: Judged & { score: Score }): { part: string; value: string; text: string }[] {
  const { tier, consumed, pace, alerts, effort, score } = gap
  const journey = score.journey
    ? `It is part of the ${score.journey.name} journey, which is ${score.journey.criticality} and adds ${JOURNEY_IMPACT[score.journey.criticality]}.`
    : 'No journey goes through it.'
  const load = `${many(alerts.pages, 'page')} × ${ALERT_WEIGHT.page} and ${many(alerts.tickets, 'ticket')} × ${ALERT_WEIGHT.ticket} that people were told of in 30 days`
  const limit = score.alertLoad === ALERT_WEIGHT.most ? `; ${ALERT_WEIGHT.most} is the most that counts` : ''
  const standing = `Spent ${exact(consumed ?? 0)} of its budget; pace ${pace === null ? 'unknown' : `${exact(pace)}×`}. The larger excess over 1 counts`
  return [
    { part: 'Impact', value: exact(score.impact), text: `The tier, ${tierText(tier)}, counts ${TIER_IMPACT[tier]}. ${journey}` },
    { part: 'Overspend', value: exact(score.over), text: `${standing}${score.over === 0 ? ', and there is none' : ''}.` },
    { part: 'Alert load', value: exact(score.alertLoad), text: `${load}${limit}.` },
    { part: 'Effort', value: exact(score.cost), text: `Estimated as ${effort}: S, M, L, XL cost 1, 2, 4, 8.` },
  ]
}
