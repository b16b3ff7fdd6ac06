import type { AlertTransition } from '../alert/transition'
import { burnText, countText, factorText, leftText, spentText, targetText } from '../format'
import { instantText, lengthText } from '../format-time'
import type { UnixSeconds } from '../time-series/units'
import type { Notice } from './notice'

/** Whose alert it is, as notices name it. */
export type AlertSubject = { service: NonNullable<Notice['service']>; slo: NonNullable<Notice['slo']> }

/** What changed for one severity of one SLO: the pairs that began or ended together, at least one. */
export type AlertChange = {
  key: string
  event: 'alert.fired' | 'alert.resolved'
  about: AlertSubject
  pairs: AlertTransition[]
  incidentId: number | null
}

const times = (burn: number | null): string => `${burnText(burn)}×`
const shareOf = ({ good, total }: { good: number; total: number }): string =>
  `${countText(Math.max(0, total - good))} of ${countText(total)}`

/** Both windows of a pair, and where it starts. */
function pairText({ evidence, severity }: AlertTransition): string {
  const { long, short, threshold, budgetShare } = evidence
  const [slow, fast] = [lengthText(long.length), lengthText(short.length)]
  return (
    `Over the last ${slow} it burns ${times(long.burn)} what the budget allows (${shareOf(long)} bad), over the last ${fast} ` +
    `${times(short.burn)} (${shareOf(short)} bad). A ${severity} starts at ${factorText(threshold)}× on both: ` +
    `${spentText(budgetShare)} % of the budget in ${slow}.`
  )
}

/** The notice of a change, in words. The windows' own numbers, rounded against ourselves. */
export function noticeOf({ key, event, about, pairs, incidentId }: AlertChange): Notice {
  const sorted = [...pairs].sort((a, b) => a.long - b.long)
  const [first] = sorted as [AlertTransition, ...AlertTransition[]]
  const { evidence, severity } = first
  const at = Math.max(...pairs.map((pair) => pair.at))
  const firedAt = Math.min(...pairs.map((pair) => pair.firedAt))
  const ended = event === 'alert.resolved'
  const left = `${leftText(evidence.remaining)} %`
  const name = `${about.service.name} · ${about.slo.name}`
  const since = Math.min(...pairs.map((pair) => pair.pendingSince))
  const unmuted = pairs.some(({ kind }) => kind === 'unmuted')
  const told = unmuted ? ` It fired ${instantText(firedAt, at)} UTC, and nobody was told while it was muted.` : ''
  return {
    ...{ key, event, severity, at, ...about, incidentId },
    subject: ended
      ? `RESOLVED ${severity.toUpperCase()} ${name} no longer burns its budget (${left} left)`
      : `${severity.toUpperCase()} ${name} burns its budget ${times(evidence.long.burn)} (${left} left)`,
    body: ended
      ? [
          `It fired ${instantText(firedAt, at)} UTC and ended ${instantText(at, at)} UTC, after ${lengthText(at - firedAt)}.`,
          ...nowText(evidence, at),
          `${left} of the budget is left; the objective is ${targetText(evidence.target)} %.`,
          ...belongs(incidentId),
        ]
      : [
          ...sorted.map(pairText),
          `This has held since ${instantText(since, at)} UTC.${told}`,
          `${left} of the budget is left; the objective is ${targetText(evidence.target)} %.`,
          ...belongs(incidentId),
        ],
    path: incidentId === null ? `/slos/${about.slo.id}` : `/incidents/${incidentId}`,
    startsAt: firedAt,
    endsAt: ended ? at : null,
    facts: {
      ...{ target: evidence.target, remaining: evidence.remaining, threshold: evidence.threshold },
      ...{ longWindowSeconds: evidence.long.length, longBurnRate: evidence.long.burn },
      ...{ shortWindowSeconds: evidence.short.length, shortBurnRate: evidence.short.burn },
    },
  }
}

const belongs = (incidentId: number | null): string[] => (incidentId === null ? [] : [`It belongs to incident ${incidentId}.`])

/** Nothing, when nobody looked at the end: the alert of an SLO that was deleted ends as well. */
const nowText = ({ at: seen, short }: AlertTransition['evidence'], at: UnixSeconds): string[] =>
  seen < at
    ? []
    : [`Over the last ${lengthText(short.length)} it burns ${times(short.burn)} what the budget allows (${shareOf(short)} bad).`]
