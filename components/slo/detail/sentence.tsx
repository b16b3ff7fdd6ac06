import type { ReactNode } from 'react'
import { ageText, burnText, countText, factorText, floored, leftText, NONE, spentText } from '@/lib/format'
import { lengthText, whenText } from '@/lib/format-time'
import type { SloDetail } from '@/lib/slo/detail'
import type { Outlook } from '@/lib/slo/outlook'
import type { Status } from '@/lib/slo/status'
import { windowLabel } from '@/lib/slo/window'
import type { UnixSeconds } from '@/lib/time-series/units'

/** The answer in words: what decided the state, then what will become of the budget. */
export function Sentence({ detail, now }: { detail: SloDetail; now: UnixSeconds }) {
  const { status, outlook, countdown } = detail
  return (
    <p className="d-sentence">
      {status ? why(status, detail, now) : 'Nothing was evaluated yet.'} {status ? inTheEnd(status, detail) : null}{' '}
      {outlook ? what(outlook, countdown, now) : null}
    </p>
  )
}

function why(status: Status, { policy, since }: SloDetail, now: UnixSeconds): ReactNode {
  const { reason, state } = status
  const pace = <b>{burnText(status.pace)} times</b>
  const over = `what the budget allows over the last ${lengthText(status.paceLookback)}`
  switch (reason.rule) {
    case 'remaining':
      return (
        <>
          The budget is gone: <b>{spentText(status.consumed)} %</b> of it is spent, since{' '}
          {since === null ? NONE : whenText(since, now)}.
        </>
      )
    case 'pace':
      return (
        <>
          Spending {pace} {over}; {state} starts above {factorText(reason.threshold)}.
        </>
      )
    case 'floor':
      return (
        <>
          Only <b>{leftText(reason.remaining)} %</b> of the budget is left; {state} starts below {factorText(reason.floor * 100)}{' '}
          %.
        </>
      )
    case 'within-budget':
      if (status.pace === null)
        return (
          <>
            <b>{leftText(status.remaining)} %</b> of the budget is left; nothing happened over the last{' '}
            {lengthText(status.paceLookback)}.
          </>
        )
      return (
        <>
          <b>{leftText(status.remaining)} %</b> of the budget is left, spending {pace} {over}; attention starts above{' '}
          {factorText(policy.pace.attention)}.
        </>
      )
    case 'source':
      return <>The source does not answer since {whenText(reason.since, now)}. What was known then stands still.</>
    case 'absent':
      return <>No data since {whenText(reason.since, now)}. What was known then stands still.</>
    case 'coverage':
      return (
        <>
          Only <b>{floored(reason.coverage * 100, 1)} %</b> of the window was measured; a judgement takes{' '}
          {floored(reason.floor * 100, 0)} %.
        </>
      )
    case 'too-young':
      return (
        <>
          Measured for <b>{ageText(reason.age)}</b>; a judgement takes {lengthText(reason.needed)}.
        </>
      )
    case 'too-few-events':
      return (
        <>
          Only <b>{countText(reason.events)}</b> events in the window; a judgement takes {countText(reason.needed)}.
        </>
      )
    case 'no-history':
      return 'The source has never had data for this SLO. Check its selectors.'
  }
}

/** Early in a period few bad events are a large share of few events: what they weigh in the end is said beside it. */
function inTheEnd({ projected, remaining }: Status, { window }: SloDetail): ReactNode {
  if (projected === null || remaining >= projected) return null
  return (
    <>
      Over the whole {windowLabel(window)}, when nothing more goes wrong, <b>{leftText(projected)} %</b> is left.
    </>
  )
}

function what(outlook: Outlook, { h1, h24 }: SloDetail['countdown'], now: UnixSeconds): ReactNode {
  if (outlook.kind === 'filling') return `History is being read: ${floored(outlook.share * 100, 0)} % done.`
  if (outlook.kind === 'unmeasured') return outlook.why
  if (outlook.kind === 'gone')
    return outlook.backAt === null
      ? 'It does not come back within the window.'
      : `When nothing more goes wrong it is back ${whenText(outlook.backAt, now)}.`
  if (outlook.kind === 'lasts')
    return outlook.periodEnd === null
      ? 'At these paces it does not end within 30 days.'
      : 'At these paces it lasts past the period.'
  if (outlook.kind !== 'ends') return null
  const others = [h24 && `24 h pace ${whenText(h24, now)}`, h1 && `1 h pace ${whenText(h1, now)}`].filter(Boolean).join(', ')
  return (
    <>
      At the pace of the last {lengthText(outlook.basis)} the budget ends <b>{whenText(outlook.at, now)}</b>
      {others ? ` (${others})` : ''}.
    </>
  )
}
