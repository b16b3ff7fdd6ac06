import { instantText, lengthText } from '@/lib/format-time'
import type { Annotation } from '@/lib/ledger/annotation'
import type { SloHistory } from '@/lib/slo/detail'
import { LaneTarget } from './lane-target'
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
  ...{
    incident: 'Incident',
    release: 'Release',
    definition: 'Definition',
    dependency: 'Dependency',
    exclusion: 'Exclusion',
    credit: 'Credit',
  },
  ...{ page: 'Page', ticket: 'Ticket' },
}
const CORRECTION = { label: '', title: '', href: '/corrections' }

/** What happened, above the charts on their time axis: every mark has a name, a time and a way to its page. */
export function EventLane({ axis, annotations, exclusions, credits, narrow }: Props) {
  const events: LaneEvent[] = [
    ...exclusions.map(({ from, to }) => ({ ...{ kind: 'exclusion' as const, id: from, from, to }, ...CORRECTION })),
    ...credits.map(({ at }) => ({ ...{ kind: 'credit' as const, id: at, from: at, to: at }, ...CORRECTION })),
    ...annotations,
  ]
  const { marks, groups } = prepareLane(events, axis, { words: (event) => wordsOf(event, axis.now), narrow })
  if (marks.length === 0) return null
  return (
    <div className="lane">
      {marks.map((mark) => (
        <Mark key={mark.key} mark={mark} />
      ))}
      <ul aria-label="What happened">
        {groups.map((group) => (
          <LaneTarget key={group.key} group={group} />
        ))}
      </ul>
    </div>
  )
}

const Mark = ({ mark: { kind, left, width, label, named } }: { mark: LaneMark }) => (
  <span
    className={`lane-mark is-lane-${kind}`}
    style={{ left: `${left}%`, width: width > 0 ? `${width}%` : undefined }}
    aria-hidden="true"
  >
    {named ? <b className={left > 80 ? 'lane-end' : ''}>{label}</b> : null}
    <i />
  </span>
)

function wordsOf({ kind, label, title, from, to }: LaneEvent, now: number): string {
  const length = to === null ? 'goes on' : to > from ? lengthText(Math.max(60, to - from)) : ''
  const name = [WORDS[kind], kind === 'page' || kind === 'ticket' ? '' : label].filter(Boolean).join(' ')
  return [name, title, instantText(from, now), length].filter(Boolean).join(', ')
}
