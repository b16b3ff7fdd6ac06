import { Link } from '@/components/ui/link'
import { leftText, spentText } from '@/lib/format'
import { instantText } from '@/lib/format-time'
import type { SloDetail } from '@/lib/slo/detail'
import { windowLabel } from '@/lib/slo/window'

const WIDTH = 500
const LOW = -0.5
const x = (share: number) => ((Math.max(LOW, Math.min(1, share)) - LOW) / (1 - LOW)) * WIDTH
const TICKS = [-0.5, 0, 0.25, 0.5, 0.75, 1]

/** What is left, as large as it matters, on the same signed scale as in the lists. */
export function BudgetPanel({ detail }: { detail: SloDetail }) {
  const { status, policy, budgetPolicy, window } = detail
  if (!status) return null
  const { remaining, consumed, state, ts } = status
  const floors = [policy.floor.attention, policy.floor.warning, policy.floor.critical]
  return (
    <section className="panel d-panel" aria-labelledby="budget-title">
      <header className="d-panel-head">
        <h3 id="budget-title">Budget</h3>
        <span>
          {windowLabel(window)} to {instantText(ts, ts)}
        </span>
      </header>
      <div className={`gauge is-${state}`}>
        <p>
          <b>
            {leftText(remaining)}
            <span className="u">%</span>
          </b>{' '}
          left, {spentText(consumed)} % consumed
        </p>
        <svg viewBox={`0 0 ${WIDTH} 40`} role="img" aria-label={`${leftText(remaining)} % of the budget is left`}>
          <rect className="sbar-track" x={x(0)} y="6" width={WIDTH - x(0)} height="14" />
          {remaining >= 0 ? (
            <rect
              className={state === 'no-data' ? 'sbar-frozen' : 'sbar-left'}
              x={x(0)}
              y="6"
              width={Math.max(1, x(remaining) - x(0))}
              height="14"
            />
          ) : (
            <rect className="sbar-over" x={x(remaining)} y="6" width={x(0) - x(remaining)} height="14" />
          )}
          {floors.map((floor) => (
            <path key={floor} className="sbar-cut" d={`M${x(floor)} 5v16`} />
          ))}
          <path className="sbar-zero" d={`M${x(0)} 2v22`} />
          {TICKS.map((tick) => (
            <text
              key={tick}
              x={x(tick)}
              y="36"
              textAnchor={tick === -0.5 ? 'start' : tick === 1 ? 'end' : 'middle'}
              className="gauge-tick"
            >
              {leftText(tick).replace('.0', '')}
              {tick === 1 ? ' %' : ''}
            </text>
          ))}
        </svg>
        <p className="gauge-floors">
          floors {floors.map((floor) => Math.round(floor * 100)).join(', ')} %, policy{' '}
          <Link href={`/policies/error-budget/${budgetPolicy.slug}`}>{budgetPolicy.name}</Link>
        </p>
      </div>
    </section>
  )
}
