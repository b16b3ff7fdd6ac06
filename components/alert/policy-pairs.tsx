import { type AlertPolicy, alertPairs } from '@/lib/alert/alert-policy'
import { guardText, pairName, shareText, soonText } from '@/lib/alert/words'
import { factorText } from '@/lib/format'
import { lengthText } from '@/lib/format-time'
import { timeToFire } from '@/lib/slo/alert-pair'
import { DAY } from '@/lib/time-series/units'

const WINDOW = 30 * DAY
const TARGET = 0.999

/** What a policy's pairs come to for the objective that is usual: 99.9 % over 30 days. */
export function PolicyPairs({ settings, caption }: { settings: AlertPolicy; caption: string }) {
  const pairs = alertPairs(settings, WINDOW)
  if (pairs.length === 0) return null
  return (
    <table className="d-table d-pairs a-pairs">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Long and short</th>
          <th scope="col">Severity</th>
          <th scope="col">Threshold</th>
          <th scope="col">Spends of 30 d</th>
          <th scope="col">Total outage, 99.9 %</th>
          <th scope="col">Guards</th>
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair, i) => {
          const fires = timeToFire(pair, TARGET, 1)
          const written = settings.pairs[i]
          return (
            <tr key={pair.long}>
              <th scope="row">{pairName(pair)}</th>
              <td data-label="Severity">{pair.severity}</td>
              <td data-label="Threshold">
                {factorText(pair.threshold)}
                <span className="u">×</span>
              </td>
              <td data-label="Spends of 30 d">{`${shareText(pair.budgetShare)} in ${lengthText(pair.long)}`}</td>
              <td data-label="Total outage, 99.9 %">{fires === null ? 'never' : `after ${soonText(fires + pair.for)}`}</td>
              <td data-label="Guards">{written ? guardText(written) : null}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** The rest of a policy, in a sentence. */
export const settingsText = ({ keepFiring, clearBelow, suppressByDependency, silenceInMaintenance }: AlertPolicy): string =>
  [
    keepFiring > 0 ? `Ends when its condition was gone for ${lengthText(keepFiring)}` : 'Ends as soon as its condition is gone',
    ...(clearBelow < 1 ? [`clears below ${factorText(clearBelow * 100)} % of the threshold`] : []),
    suppressByDependency ? 'mute while a service it needs pages' : 'told also while a service it needs pages',
    silenceInMaintenance ? 'mute during maintenance' : 'told also during maintenance',
  ]
    .join('; ')
    .concat('.')
