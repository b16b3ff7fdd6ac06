import { ageText, burnText, countText, floored, leftText } from '../format'
import { dayText, lengthText, whenText } from '../format-time'
import type { Outlook } from '../slo/outlook'
import { HOUR, type UnixSeconds } from '../time-series/units'
import type { FrozenSlo } from './snapshot'

/** What one says aloud about an SLO, with what matters between two asterisks: its pace, and what will become of its budget. */
export function sloSentence({ pace, outlook, remaining }: FrozenSlo, at: UnixSeconds, zone: string): string {
  const when = (instant: UnixSeconds) => `**${whenText(instant, at, zone)}**`
  if (outlook.kind === 'gone') {
    const back =
      outlook.backAt === null
        ? 'It does not come back within the window.'
        : `Back **${dayText(outlook.backAt, at, zone)}** when nothing more goes wrong.`
    return `The budget is gone since **${dayText(outlook.since, at, zone)}**. ${back}`
  }
  const unknown = unknownSentence(outlook, when)
  if (unknown !== null) return unknown
  const spends =
    pace === null ? `**${leftText(remaining)} %** of the budget is left.` : `Spends **${burnText(pace)} times** its budget.`
  if (outlook.kind === 'ends')
    return `${spends} At the last ${hoursText(outlook.basis)} pace the budget ends ${when(outlook.at)}.`
  if (outlook.kind === 'lasts' && outlook.floor !== null)
    return `${spends} It is below its floor of **${floored(outlook.floor * 100, 0)} %**.`
  if (outlook.kind === 'lasts' && outlook.periodEnd !== null)
    return `${spends} At these paces it lasts past **${dayText(outlook.periodEnd - 1, at, zone)}**.`
  return `${spends} At these paces it does not end within 30 days.`
}

/** "6 hours’", as one says it. */
const hoursText = (basis: number): string => (basis <= HOUR ? 'hour’s' : `${Math.round(basis / HOUR)} hours’`)

/** Where nobody can say how the budget stands. */
function unknownSentence(outlook: Outlook, when: (instant: UnixSeconds) => string): string | null {
  switch (outlook.kind) {
    case 'frozen':
      return `${outlook.why === 'source' ? 'The source does not answer' : 'No data'} since ${when(outlook.since)}. What was known then stands still.`
    case 'coverage':
      return `Only **${floored(outlook.coverage * 100, 1)} %** of the window was measured; a judgement takes ${floored(outlook.floor * 100, 0)} %.`
    case 'too-few':
      return `Only **${countText(outlook.events)}** events; a judgement takes ${countText(outlook.needed)}.`
    case 'too-young':
      return `Measured for **${ageText(outlook.age)}**; a judgement takes ${lengthText(outlook.needed)}.`
    case 'no-history':
      return 'The source has never had data for it.'
    case 'unmeasured':
      return outlook.why
    case 'filling':
      return `Its history is being read: **${floored(outlook.share * 100, 0)} %** done.`
    default:
      return null
  }
}
