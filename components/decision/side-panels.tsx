import { StateWord } from '@/components/slo/state-badge'
import { Link } from '@/components/ui/link'
import type { GatingSlo } from '@/lib/decision/decision'
import type { CostInfo, EarlierRelease } from '@/lib/decision/reads-request'
import { leftText, MINUS, NONE, spentText } from '@/lib/format'
import { dayText } from '@/lib/format-time'
import { stateRank } from '@/lib/slo/state'
import type { Ratio, UnixSeconds } from '@/lib/time-series/units'
import { DecisionWord } from './decision-mark'

const costText = (share: Ratio | null): string => (share === null ? NONE : `${share > 0 ? MINUS : ''}${spentText(share)}`)

/** What decides: worst first. */
export function GatingPanel({ slos }: { slos: GatingSlo[] }) {
  const sorted = [...slos].sort((a, b) => stateRank(a.state) - stateRank(b.state) || a.remaining - b.remaining)
  return (
    <section className="panel v-gating" aria-labelledby="gating">
      <header className="d-panel-head">
        <h3 id="gating">Gating SLOs</h3>
        <span>{slos.length > 1 ? 'the worst one counts' : ''}</span>
      </header>
      {slos.length === 0 ? (
        <p className="v-none">None: a person decides about every release of this service.</p>
      ) : (
        <table className="v-mini">
          <caption className="sr-only">Gating SLOs and what is left of their budgets</caption>
          <tbody>
            {sorted.map(({ id, name, state, remaining, ts }) => (
              <tr key={id}>
                <td>
                  <StateWord state={state} />
                </td>
                <th scope="row">
                  <Link href={`/slos/${id}`}>{name}</Link>
                </th>
                <td className="num v-leaves">
                  {ts === null ? NONE : leftText(remaining)}
                  {ts === null ? null : <span className="u">%</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** What earlier releases of the service have cost within a day. */
export function EarlierPanel({ earlier, now }: { earlier: EarlierRelease[]; now: UnixSeconds }) {
  return (
    <section className="panel v-earlier" aria-labelledby="earlier">
      <header className="d-panel-head">
        <h3 id="earlier">Earlier releases</h3>
        <span>{earlier.length === 0 ? 'none known' : 'cost measured within a day'}</span>
      </header>
      {earlier.length === 0 ? null : (
        <table className="v-mini">
          <caption className="sr-only">Earlier releases of this service</caption>
          <tbody>
            {earlier.map(({ id, request, version, at, risk, decision, excess }) => (
              <tr key={id}>
                <th scope="row">
                  {request === null ? version : <Link href={`/releases/${request}`}>{version}</Link>}{' '}
                  <span className="v-dim">
                    {dayText(at, now)}
                    {risk ? `, ${risk}` : ''}
                  </span>
                </th>
                <td>{decision ? <DecisionWord decision={decision} /> : <span className="v-dim">not asked</span>}</td>
                <td className="num">
                  {costText(excess)}
                  {excess === null ? null : <span className="u">%</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

/** What this release cost each budget, an hour and a day after. */
export function CostsPanel({ costs }: { costs: CostInfo[] }) {
  if (costs.length === 0) return null
  return (
    <section className="panel v-measured" aria-labelledby="measured">
      <header className="d-panel-head">
        <h3 id="measured">What it cost</h3>
        <span>of each budget, beyond what the ratio before would have spent</span>
      </header>
      <table className="v-mini">
        <caption className="sr-only">Cost of this release per SLO</caption>
        <thead>
          <tr>
            <th scope="col">SLO</th>
            <th scope="col" className="num">
              First hour
            </th>
            <th scope="col" className="num">
              First day
            </th>
            <th scope="col" className="num">
              All that went
            </th>
          </tr>
        </thead>
        <tbody>
          {costs.map(({ slo, gating, hour, day, spentDay }) => (
            <tr key={slo.id}>
              <th scope="row">
                <Link href={`/slos/${slo.id}`}>{slo.name}</Link> {gating ? null : <span className="v-dim">does not gate</span>}
              </th>
              {[
                { key: 'hour', share: hour },
                { key: 'day', share: day },
                { key: 'all', share: spentDay },
              ].map(({ key, share }) => (
                <td key={key} className="num">
                  {costText(share)}
                  {share === null ? null : <span className="u">%</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
