import type { ReactNode } from 'react'
import { dayText, instantText, partsOf } from '@/lib/format-time'
import type { IncidentView } from '@/lib/incident/incident'
import { durationsOf } from '@/lib/incident/lifecycle'
import { shareText, spanText } from '@/lib/incident/words'
import type { UnixSeconds } from '@/lib/time-series/units'

/** How long each step took from the start of the harm, and what it cost at worst. */
export function IncidentStats({ incident, now }: { incident: IncidentView; now: UnixSeconds }) {
  const { startedAt, detectedAt, acknowledgedAt, mitigatedAt, resolvedAt, worst } = incident
  const spans = durationsOf(incident)
  const at = (instant: UnixSeconds | null) => (instant === null ? 'not yet' : instantText(instant, now))
  const took = (span: number | null) => (span === null ? '–' : spanText(span))
  return (
    <dl className="stats">
      <Stat name="Began" value={partsOf(startedAt, 'UTC').clock} note={`${dayText(startedAt, now)}, UTC`} />
      <Stat name="To detect" value={took(spans.detect)} note={at(detectedAt)} />
      <Stat name="To acknowledge" value={took(spans.acknowledge)} note={at(acknowledgedAt)} />
      <Stat
        name="To mitigate"
        value={took(spans.mitigate)}
        note={mitigatedAt === null ? `${spanText(now - startedAt)} so far` : at(mitigatedAt)}
      />
      <Stat name="To resolve" value={took(spans.resolve)} note={at(resolvedAt)} />
      <Stat name="Budget, at worst" value={shareText(worst?.share ?? null)} note={worst?.name ?? 'no SLO is hit'} />
    </dl>
  )
}

const Stat = ({ name, value, note }: { name: string; value: ReactNode; note: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <b>{value}</b>
      <span>{note}</span>
    </dd>
  </div>
)
