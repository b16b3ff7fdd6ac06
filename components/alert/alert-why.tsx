import { Link } from '@/components/ui/link'
import type { Evidence } from '@/lib/alert/evidence'
import type { AlertInfo } from '@/lib/alert/schema'
import { EVENT_WORDS, muteText, shareText } from '@/lib/alert/words'
import { countText, factorText, leftText, targetText } from '@/lib/format'
import { instantText, lengthText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'

/** Why it fired, with everything the rule looked at, and what became of it. */
export function AlertWhy({ alert, now }: { alert: AlertInfo; now: UnixSeconds }) {
  const { evidence, endEvidence, muted, policy, slo, events, frozenSince } = alert
  return (
    <div className="a-why">
      <div>
        <p>
          {reasonText(alert)} <Link href={`/slos/${slo.id}`}>Open the SLO</Link>
        </p>
        <Seen title={alert.firedAt === null ? 'When it began to hold' : 'When it fired'} seen={evidence} now={now} />
        {endEvidence ? <Seen title="When it ended" seen={endEvidence} now={now} /> : null}
        <p className="field-hint">
          {guardsText(evidence)} By version {policy.version} of the policy “{policy.name}”.
        </p>
        {muted ? <p>Nobody is told: {muteText(muted, now)}.</p> : null}
        {frozenSince === null ? null : (
          <p>It stands still since {instantText(frozenSince, now)} UTC: without data it neither ends nor goes on.</p>
        )}
      </div>
      <ol className="a-events" aria-label="What became of it">
        {events.map((event) => (
          <li key={`${event.at} ${event.kind}`}>
            <time>{instantText(event.at, now)}</time> {EVENT_WORDS[event.kind]}
            {event.why ? `: ${event.why}` : null}
            {event.mute ? `: ${muteText(event.mute, now)}` : null}
          </li>
        ))}
      </ol>
    </div>
  )
}

function reasonText({ evidence, firedAt }: AlertInfo): string {
  const { long, short, threshold, budgetShare } = evidence
  const verb = firedAt === null ? 'It holds' : 'It fired'
  return (
    `${verb} because the last ${lengthText(long.length)} and the last ${lengthText(short.length)} both burned at ` +
    `${factorText(threshold)}× or more; kept up, the longer one alone spends ${shareText(budgetShare)} of the budget.`
  )
}

function guardsText({ minFailures, minEvents, for: hold, keepFiring }: Evidence): string {
  const asked = [
    ...(minFailures > 0 ? [`at least ${countText(minFailures)} bad events`] : []),
    ...(minEvents > 0 ? [`at least ${countText(minEvents)} events`] : []),
    ...(hold > 0 ? [`that it holds for ${lengthText(hold)}`] : []),
  ]
  const ends = keepFiring > 0 ? `it ends when that was gone for ${lengthText(keepFiring)}` : 'it ends as soon as that is gone'
  return asked.length > 0 ? `The rule also asks for ${asked.join(', ')}; ${ends}.` : `Once over it, ${ends}.`
}

function Seen({ title, seen, now }: { title: string; seen: Evidence; now: UnixSeconds }) {
  return (
    <table className="c-effects a-seen">
      <caption>
        {title}, {instantText(seen.at, now)} UTC; target {targetText(seen.target)} %, {leftText(seen.remaining)} % of the budget
        left
      </caption>
      <thead>
        <tr>
          <th scope="col">Window</th>
          <th scope="col" className="num">
            Bad
          </th>
          <th scope="col" className="num">
            Total
          </th>
          <th scope="col" className="num">
            Burn
          </th>
          <th scope="col" className="num">
            Threshold
          </th>
        </tr>
      </thead>
      <tbody>
        {[seen.long, seen.short].map(({ length, good, total, burn }) => (
          <tr key={length}>
            <th scope="row">{lengthText(length)}</th>
            <td className="num">{countText(Math.ceil(total - good))}</td>
            <td className="num">{countText(total)}</td>
            <td className="num">
              {burn === null ? 'nothing happened' : burn.toFixed(4)}
              {burn === null ? null : <span className="u">×</span>}
            </td>
            <td className="num">
              {factorText(seen.threshold)}
              <span className="u">×</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
