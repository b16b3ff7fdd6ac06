import { Link } from '@/components/ui/link'
import { countText, spentText } from '@/lib/format'
import type { IncidentView, SloCost } from '@/lib/incident/incident'
import { costNowText, shareText } from '@/lib/incident/words'

/** What it spent of each budget: a bar against the whole of it. */
export function CostPanel({ incident: { costs, mitigatedAt } }: { incident: Pick<IncidentView, 'costs' | 'mitigatedAt'> }) {
  return (
    <section className="panel d-panel" aria-labelledby="cost-title">
      <header className="d-panel-head">
        <h3 id="cost-title">What it costs</h3>
        <span>{costs.length === 0 ? '' : mitigatedAt === null ? 'of each whole budget, so far' : 'of each whole budget'}</span>
      </header>
      {costs.length === 0 ? (
        <p className="i-quiet">No SLO is named, so no budget is charged.</p>
      ) : (
        <table className="i-costs">
          <caption className="sr-only">Cost per SLO</caption>
          <thead>
            <tr>
              <th scope="col">SLO</th>
              <th scope="col">
                <span className="sr-only">Bar</span>
              </th>
              <th scope="col" className="num">
                Of the budget
              </th>
              <th scope="col" className="num">
                Bad
              </th>
              <th scope="col" className="num">
                Minutes
              </th>
            </tr>
          </thead>
          <tbody>
            {costs.map((cost) => (
              <Row key={cost.sloId} cost={cost} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Row({ cost }: { cost: SloCost }) {
  const { sloId, name, service, figures, unit, resolved, final } = cost
  return (
    <tr>
      <th scope="row">
        <Link href={`/slos/${sloId}`}>{name}</Link>
        <span>{service.name}</span>
      </th>
      <td>
        <CostBar share={figures?.share ?? 0} />
      </td>
      <td className="num">
        <b>{shareText(figures?.share ?? null)}</b>
        <span>
          {resolved && figures
            ? costNowText(resolved.share, figures.share, resolved.because)
            : figures === null
              ? 'not known'
              : final
                ? 'final'
                : ''}
        </span>
      </td>
      <td className="num">{figures === null || unit === 'slices' ? '' : countText(figures.bad)}</td>
      <td className="num">{figures === null ? '' : `${unit === 'slices' ? '' : '≈ '}${spentText(figures.minutes / 100)}`}</td>
    </tr>
  )
}

/** The whole width is the whole budget; what is beyond it is hatched away at the end. */
function CostBar({ share }: { share: number }) {
  const width = Math.min(1, Math.max(0, share)) * 100
  return (
    <svg className="i-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect width="100" height="10" className="i-bar-all" />
      <rect width={width} height="10" className="i-bar-spent" />
      {share > 1 ? <path d="M93 10 96 0M96 10 99 0" className="i-bar-beyond" /> : null}
      <path d="M20 0V10" className="i-bar-mark" />
    </svg>
  )
}
