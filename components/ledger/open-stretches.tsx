import { burnText, ceiled, countText } from '@/lib/format'
import { instantText, lengthText } from '@/lib/format-time'
import type { SloLedger } from '@/lib/ledger/schema'
import { ClaimButton } from './claim-button'

/** Burn that nobody answers for yet, largest first. */
export function OpenStretches({ ledger, may }: { ledger: SloLedger; may: boolean }) {
  const { open, budget, asOf, unit } = ledger
  return (
    <section className="panel d-panel" aria-labelledby="open-title">
      <header className="d-panel-head">
        <h2 id="open-title">Nobody answers for these</h2>
        <span>burn above 2× that no cause covers</span>
      </header>
      {open.length === 0 ? (
        <p className="ledger-key">Every notable stretch has a cause. What is left unexplained is the usual trickle.</p>
      ) : (
        <ul className="ledger-open">
          {open.map((stretch) => (
            <li key={stretch.from}>
              <p>
                <b>{budget.events > 0 ? ceiled((100 * stretch.bad) / budget.events, 1) : 0} %</b> of the budget,{' '}
                {countText(stretch.bad)} {unit === 'events' ? 'bad events' : 'bad minutes'} at {burnText(stretch.burn)}×
                <br />
                <span>
                  {instantText(stretch.from, asOf)}, {lengthText(stretch.to - stretch.from)}
                </span>
              </p>
              {may ? <ClaimButton sloId={ledger.slo.id} stretch={stretch} now={asOf} /> : null}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
