import type { ReactNode } from 'react'
import { AlertChip } from '@/components/slo/alert-chip'
import { ageText, burnText, countText, factorText, floored, leftText, NONE, sliText, targetText } from '@/lib/format'
import { dayText, lengthText } from '@/lib/format-time'
import type { SloDetail } from '@/lib/slo/detail'
import { budgetInEvents } from '@/lib/slo/error-budget'
import { windowLabel } from '@/lib/slo/window'
import type { UnixSeconds } from '@/lib/time-series/units'
import { unitOf } from './units'

const minutesText = (minutes: number): string => floored(minutes, Math.abs(minutes) < 100 ? 1 : 0)

/** The figures behind the sentence, each with what it is measured against. */
export function StatStrip({ detail, now }: { detail: SloDetail; now: UnixSeconds }) {
  const { status, target, window, pairs, version, versionSince, versionAuthor, budgetMinutes } = detail
  const unit = unitOf(detail)
  const events = status ? budgetInEvents(status.counts, target) : null
  const minutes = status ? `≈ ${minutesText(status.remaining * budgetMinutes)} of ${minutesText(budgetMinutes)} min` : ''
  return (
    <dl className="stats">
      <Stat
        title={`SLI, ${windowLabel(window)}`}
        figure={sliText(status?.sli ?? null)}
        unit="%"
        note={`target ${targetText(target)} %`}
      />
      <Stat
        title={`Bad ${unit}`}
        figure={status ? countText(Math.ceil(status.counts.total - status.counts.good)) : NONE}
        note={events ? `of ${countText(Math.floor(events.allowed))} allowed` : ''}
      />
      <Stat title={`Left, ${unit}`} figure={events ? countText(Math.floor(events.left)) : NONE} note={minutes} />
      {status?.projected == null ? null : (
        <Stat title="Left, projected" figure={leftText(status.projected)} unit="%" note={`of the whole ${windowLabel(window)}`} />
      )}
      {pairs.map((pair) => (
        <Stat
          key={pair.long}
          title={`Burn ${lengthText(pair.long)}${pair.long === 259_200 ? ' = pace' : ''}`}
          figure={burnText(pair.longBurn)}
          unit="×"
          note={
            pair.holds ? (
              <AlertChip severity={pair.severity} frozen={pair.frozen} />
            ) : (
              `${pair.severity} at ${factorText(pair.threshold)}`
            )
          }
        />
      ))}
      <Stat
        title="Coverage"
        figure={status ? floored(status.coverage * 100, 2) : NONE}
        unit="%"
        note={status?.lastDataTs == null ? 'no data yet' : `data ${ageText(now - status.lastDataTs)} old`}
      />
      <Stat title="Definition" figure={`v${version}`} note={`since ${dayText(versionSince, now)}, ${versionAuthor}`} />
    </dl>
  )
}

function Stat({ title, figure, unit, note }: { title: string; figure: string; unit?: string; note: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <b>
          {figure}
          {unit && figure !== NONE ? <span className="u">{unit}</span> : null}
        </b>
        <span>{note}</span>
      </dd>
    </div>
  )
}
