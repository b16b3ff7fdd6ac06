import { AlertChip } from '@/components/slo/alert-chip'
import { Link } from '@/components/ui/link'
import { SCOPE_WORDS } from '@/lib/alert/words'
import { burnText, ceiled, factorText } from '@/lib/format'
import { lengthText } from '@/lib/format-time'
import type { SloDetail } from '@/lib/slo/detail'

const burn = (value: number | null) => (
  <>
    {burnText(value)}
    {value === null ? null : <span className="u">×</span>}
  </>
)
const after = (seconds: number): string => (seconds < 600 ? `${ceiled(seconds, 1)} s` : lengthText(seconds))

/** The multi-window burn-rate alerts, evaluated on the portal's own counters. */
export function AlertPairs({ pairs, alerting }: Pick<SloDetail, 'pairs' | 'alerting'>) {
  return (
    <section className="panel d-panel" aria-labelledby="pairs-title">
      <header className="d-panel-head">
        <h3 id="pairs-title">Alert pairs</h3>
        <span>
          both windows must hold · policy <Link href={`/policies/${alerting.slug}`}>{alerting.name}</Link>,{' '}
          {SCOPE_WORDS[alerting.scope]}
        </span>
      </header>
      <div>
        <table className="d-table d-pairs">
          <thead>
            <tr>
              <th scope="col">Long and short</th>
              <th scope="col">Severity</th>
              <th scope="col">Threshold</th>
              <th scope="col">Long now</th>
              <th scope="col">Short now</th>
              <th scope="col">Spends</th>
              <th scope="col">Full outage fires after</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {pairs.map((pair) => (
              <tr key={pair.long}>
                <th scope="row">
                  {lengthText(pair.long)} and {lengthText(pair.short)}
                </th>
                <td data-label="Severity">{pair.severity}</td>
                <td data-label="Threshold">
                  {factorText(pair.threshold)}
                  <span className="u">×</span>
                </td>
                <td data-label="Long now" className={over(pair.longBurn, pair.threshold)}>
                  {burn(pair.longBurn)}
                </td>
                <td data-label="Short now" className={over(pair.shortBurn, pair.threshold)}>
                  {burn(pair.shortBurn)}
                </td>
                <td data-label="Spends">
                  {factorText(pair.budgetShare * 100)} % in {lengthText(pair.long)}
                </td>
                <td data-label="Full outage fires after">
                  {pair.fullOutageFiresAfter === null ? 'never' : after(pair.fullOutageFiresAfter)}
                </td>
                <td data-label="State">
                  {pair.holds ? (
                    <AlertChip severity={pair.severity} text="firing" frozen={pair.frozen} />
                  ) : pair.canFire ? (
                    'quiet'
                  ) : (
                    'left out: cannot fire at this target'
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const over = (value: number | null, threshold: number) => (value !== null && value >= threshold ? 'd-over' : '')
