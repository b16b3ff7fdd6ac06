import { StandingWord } from '@/components/decision/decision-mark'
import { EmptyState } from '@/components/ui/empty-state'
import { Icon, type IconName } from '@/components/ui/icon'
import { Link } from '@/components/ui/link'
import type { ReleaseOutcome } from '@/lib/decision/reads-outcome'
import { standingOf } from '@/lib/decision/standing'
import { requestName } from '@/lib/decision/words'
import { burnText, MINUS, NONE, spentText } from '@/lib/format'
import { whenText } from '@/lib/format-time'
import type { AttributionInfo, AttributionStatus, BurnAround, ReleaseInfo } from '@/lib/release/schema'
import type { UnixSeconds } from '@/lib/time-series/units'

type Props = {
  releases: ReleaseInfo[]
  burns: Map<number, BurnAround[]>
  outcomes: Map<number, ReleaseOutcome>
  next: number | null
  service: string | undefined
  now: UnixSeconds
}

/** What went out, newest first, and how the budgets of its service burned before and after. */
export function ReleaseList({ releases, burns, outcomes, next, service, now }: Props) {
  if (releases.length === 0)
    return (
      <EmptyState title={service ? 'No release of this service' : 'No release was reported'}>
        A pipeline reports one with <code>npx headroom release --service checkout-api --version 1.42.0</code> or with POST
        /api/v1/releases. It is marked on the charts, and what burns afterwards is compared with before.
      </EmptyState>
    )
  return (
    <>
      <table className="s-table n-table r-table">
        <caption className="sr-only">Releases</caption>
        <thead>
          <tr>
            <th scope="col">Release</th>
            <th scope="col">Out</th>
            <th scope="col">Asked</th>
            <th scope="col">Burn before and after</th>
            <th scope="col">Answers for</th>
          </tr>
        </thead>
        <tbody>
          {releases.map((release) => (
            <tr key={release.id}>
              <th scope="row">
                <Link href={`/services/${release.service.slug}`}>{release.service.name}</Link>
                <b>{release.version}</b>
                {release.description ? <span className="n-second">{release.description}</span> : null}
                {release.link ? (
                  <a className="n-second" href={release.link} rel="noreferrer" target="_blank">
                    {new URL(release.link).host}
                  </a>
                ) : null}
              </th>
              <td>
                {whenText(release.at, now)}
                <span className="n-second">by {release.reportedBy}</span>
              </td>
              <td className="r-asked">
                <Asked outcome={outcomes.get(release.id)} />
              </td>
              <td>
                <Burns burns={burns.get(release.id) ?? []} />
              </td>
              <td>
                {release.attributions.length === 0 ? <span className="n-second">nothing</span> : null}
                {release.attributions.map((found) => (
                  <Answer key={found.id} attribution={found} now={now} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {next ? (
        <p className="n-next">
          <Link
            className="btn btn-sm"
            href={`/releases/history?${new URLSearchParams({ ...(service && { service }), before: String(next) })}`}
          >
            Older ones
          </Link>
        </p>
      ) : null}
    </>
  )
}

/** What was decided before it, and what it cost. */
function Asked({ outcome }: { outcome: ReleaseOutcome | undefined }) {
  if (!outcome) return null
  const { request, hour, day } = outcome
  const out = request?.status === 'released' || request?.status === 'observed'
  return (
    <>
      {request ? (
        <>
          <Link href={`/releases/${request.id}`}>{requestName(request.id)}</Link> {request.risk} risk
          <span className="n-second">
            {out && request.decision ? (
              <StandingWord standing={{ sign: request.decision, word: request.decision }} />
            ) : (
              <b className="q-warns">not approved: {standingOf(request).word}</b>
            )}
          </span>
        </>
      ) : (
        <span className="n-second">not asked for</span>
      )}
      {day !== null || hour !== null ? (
        <span className="n-second">
          cost {costText(day ?? hour ?? 0)} in {day === null ? 'the first hour' : 'a day'}
        </span>
      ) : null}
    </>
  )
}

const costText = (share: number): string => `${share > 0 ? MINUS : ''}${spentText(share)} %`
const figure = (burn: number | null): string => (burn === null ? NONE : `${burnText(burn)}×`)

function Burns({ burns }: { burns: BurnAround[] }) {
  if (burns.length === 0) return <span className="n-second">not yet: it takes a quarter of an hour</span>
  return (
    <div className="r-burns">
      {burns.map(({ slo, before, after }) => (
        <div key={slo.id} className="contents">
          <Link href={`/slos/${slo.id}`}>{slo.name}</Link>
          <span className="num">{figure(before)}</span>
          <Icon name="arrow" />
          <span className="num">
            <span className="sr-only">then </span>
            {figure(after)}
          </span>
        </div>
      ))}
    </div>
  )
}

const SIGNS: Record<AttributionStatus, IconName> = { proposed: 'clock', confirmed: 'check', refused: 'cross' }

function Answer({
  attribution: { slo, status, evidence, decidedBy, decidedAt, note },
  now,
}: {
  attribution: AttributionInfo
  now: UnixSeconds
}) {
  return (
    <>
      <span className={`r-status r-${status}`}>
        <Icon name={SIGNS[status]} />
        {status === 'proposed' ? 'waits for a decision' : status}
      </span>
      <span className="n-second">
        {slo.name}, {spentText(evidence.budgetShare)} % of the budget
        {decidedBy && decidedAt ? `; ${decidedBy}, ${whenText(decidedAt, now)}` : ''}
        {note ? `: “${note}”` : ''}
      </span>
    </>
  )
}
