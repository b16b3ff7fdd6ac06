import { ageText, countText, floored } from '@/lib/format'
import { dayText, lengthText, whenText } from '@/lib/format-time'
import type { Outlook } from '@/lib/slo/outlook'
import type { UnixSeconds } from '@/lib/time-series/units'

type Props = { outlook: Outlook | null; now: UnixSeconds; more?: boolean }

/** What will become of the budget, in one sentence; `more` adds the range behind it. */
export function OutlookText({ outlook, now, more = false }: Props) {
  if (!outlook) return null
  const when = (at: UnixSeconds) => <b>{whenText(at, now)}</b>
  const extra = more ? extraOf(outlook, now) : null
  const quiet = outlook.kind === 'lasts' ? ' outlook-quiet' : ''
  return (
    <span className={`outlook${quiet}`}>
      {sentence(outlook, now, when)}
      {extra ? <span className="outlook-more">{extra}</span> : null}
    </span>
  )
}

function sentence(outlook: Outlook, now: UnixSeconds, when: (at: UnixSeconds) => React.ReactNode): React.ReactNode {
  switch (outlook.kind) {
    case 'ends':
      return <>ends {when(outlook.at)}</>
    case 'gone':
      return <>gone since {when(outlook.since)}</>
    case 'lasts':
      if (outlook.floor !== null) return `below its ${floored(outlook.floor * 100, 0)} % floor`
      return outlook.periodEnd === null ? 'not within 30 d' : `lasts past ${dayText(outlook.periodEnd - 1, now)}`
    case 'frozen':
      return <>frozen since {when(outlook.since)}</>
    case 'coverage':
      return (
        <>
          <b>{floored(outlook.coverage * 100, 1)} %</b> of slots measured
        </>
      )
    case 'too-few':
      return (
        <>
          <b>{countText(outlook.events)}</b> of {countText(outlook.needed)} events
        </>
      )
    case 'too-young':
      return (
        <>
          <b>{ageText(outlook.age)}</b> of {lengthText(outlook.needed)} measured
        </>
      )
    case 'no-history':
      return 'nothing measured yet'
    case 'unmeasured':
      return outlook.why
    case 'filling':
      return (
        <>
          reading history, <b>{floored(outlook.share * 100, 0)} %</b>
        </>
      )
  }
}

function extraOf(outlook: Outlook, now: UnixSeconds): string | null {
  if (outlook.kind === 'ends' && outlook.high - outlook.low > 3_600)
    return `${whenText(outlook.low, now)} to ${whenText(outlook.high, now)}`
  if (outlook.kind === 'gone')
    return outlook.backAt === null ? 'not back within the window' : `back ${whenText(outlook.backAt, now)} at best`
  return null
}
