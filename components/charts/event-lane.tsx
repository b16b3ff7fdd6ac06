import Link from 'next/link'
import { instantText, lengthText } from '@/lib/format-time'
import type { Annotation } from '@/lib/ledger/annotation'
import type { SloHistory } from '@/lib/slo/detail'
import { type LaneEvent, type LaneMark, prepareLane } from './prepare-lane'
import type { TimeAxis } from './prepare-time-axis'

type Props = {
  axis: TimeAxis
  annotations: Annotation[]
  exclusions: SloHistory['exclusions']
  credits: SloHistory['credits']
  narrow: boolean
}

const WORDS = {
  ...{ incident: 'Incident', release: 'Release', dependency: 'Dependency', exclusion: 'Exclusion', credit: 'Credit' },
  ...{ page: 'Page', ticket: 'Ticket' },
}

/** What happened, above the charts on their time axis: every mark has a name, a time and a way to its page. */
export function EventLane({ axis, annotations, exclusions, credits, narrow }: Props) {
  const events: LaneEvent[] = [
    ...exclusions.map(({ from, to }) => ({ ...{ kind: 'exclusion' as const, id: from, from, to }, ...CORRECTION })),
    ...credits.map(({ at }) => ({ ...{ kind: 'credit' as const, id: at, from: at, to: at }, ...CORRECTION })),
    ...annotations,
  ]
  const marks = prepareLane(events, axis, { words: (event) => wordsOf(event, axis.now), narrow })
  if (marks.length === 0) return null
  const budget = marks.filter(({ kind }) => kind !== 'page' && kind !== 'ticket')
  const alerts = marks.filter(({ kind }) => kind === 'page' || kind === 'ticket')
  return (
    <ul className="lane" aria-label="What happened">
      {[...budget, ...alerts].map((mark) => (
        <Mark key={mark.key} mark={mark} />
      ))}
    </ul>
  )
}

const CORRECTION = { label: '', title: '', href: '/corrections' }

function Mark({ mark: { kind, left, width, label, text, href, named } }: { mark: LaneMark }) {
  return (
    <li className={`lane-mark is-lane-${kind}`} style={{ left: `${left}%`, width: width > 0 ? `${width}%` : undefined }}>
      <Link href={href} aria-label={text}>
        {named ? <b className={left > 80 ? 'lane-end' : ''}>{label}</b> : null}
        <i />
        <span className={left > 50 ? 'lane-note lane-end' : 'lane-note'}>{text}</span>
      </Link>
    </li>
  )
}

function wordsOf({ kind, label, title, from, to }: LaneEvent, now: number): string {
  const length = to === null ? 'goes on' : to > from ? lengthText(Math.max(60, to - from)) : ''
  const name = [WORDS[kind], kind === 'page' || kind === 'ticket' ? '' : label].filter(Boolean).join(' ')
  return [name, title, instantText(from, now), length].filter(Boolean).join(', ')
}
