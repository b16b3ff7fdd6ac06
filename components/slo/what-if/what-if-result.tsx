import type { ReactNode } from 'react'
import { Episodes } from '@/components/slo/editor/episodes'
import { PreviewChart } from '@/components/slo/editor/preview-chart'
import { countText, floored, leftText, MINUS, NONE, sliText, spentText } from '@/lib/format'
import type { Standing, WhatIf } from '@/lib/slo/what-if'

const minutes = (value: number | null): string => (value === null ? NONE : floored(value, Math.abs(value) < 100 ? 1 : 0))
const fired = ({ alerts }: Standing, severity: 'page' | 'ticket'): number =>
  alerts.filter((alert) => alert.severity === severity).length

type Row = { name: string; unit: string; figure: (standing: Standing) => string }
const ROWS: Row[] = [
  { name: 'SLI', unit: '%', figure: ({ sli }) => sliText(sli) },
  { name: 'Consumed', unit: '%', figure: ({ consumed }) => spentText(consumed) },
  { name: 'Left', unit: '%', figure: ({ remaining }) => leftText(remaining) },
  { name: 'Budget, full outage', unit: 'min', figure: ({ budgetMinutes }) => minutes(budgetMinutes) },
  { name: 'Left, full outage', unit: 'min', figure: ({ leftMinutes }) => minutes(leftMinutes) },
  { name: 'May be bad', unit: '', figure: ({ allowed }) => countText(Math.floor(allowed)) },
  { name: 'Were bad', unit: '', figure: ({ counts }) => countText(Math.ceil(counts.total - counts.good)) },
  { name: 'Pages', unit: '', figure: (standing) => countText(fired(standing, 'page')) },
  { name: 'Tickets', unit: '', figure: (standing) => countText(fired(standing, 'ticket')) },
]

/** Both sides of the comparison: the same days under the rules in force, and under those that are tried. */
export function WhatIfResult({ result, pending, of }: { result: WhatIf; pending: boolean; of: string }) {
  const { before, after, ts, excluded, notes, to } = result
  const left = (standing: Standing) =>
    standing.remaining === null ? 'nothing is known' : `${leftText(standing.remaining)} % is left`
  const summary = `Budget over the last 30 days: as it is ${left(before.standing)}, what if ${left(after.standing)}.`
  return (
    <section className="panel w-result" aria-labelledby="result-title" aria-busy={pending}>
      <header className="d-panel-head">
        <h2 id="result-title">The last 30 days, as they were and what if</h2>
        {pending ? <span role="status">working it out …</span> : null}
      </header>
      <PreviewChart
        ts={ts}
        remaining={after.remaining}
        before={before.remaining}
        alerts={after.standing.alerts}
        excluded={excluded}
        summary={summary}
        of={of}
      />
      {notes.map((note) => (
        <p key={note} className="e-quiet">
          {note}
        </p>
      ))}
      <table className="d-table">
        <thead>
          <tr>
            <th scope="col">In the window, now</th>
            <th scope="col">As it is</th>
            <th scope="col">What if</th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(({ name, unit, figure }) => {
            const [is, would] = [figure(before.standing), figure(after.standing)]
            return (
              <tr key={name} className={is === would ? '' : 'w-changed'}>
                <th scope="row">{name}</th>
                <td>{figured(is, unit)}</td>
                <td className={would.startsWith(MINUS) ? 'o-over' : ''}>{figured(would, unit)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <div className="w-alerts">
        <div>
          <h3>Alerts as it is</h3>
          <Episodes alerts={before.standing.alerts} now={to} />
        </div>
        <div>
          <h3>Alerts what if</h3>
          <Episodes alerts={after.standing.alerts} now={to} />
        </div>
      </div>
    </section>
  )
}

const figured = (figure: string, unit: string): ReactNode => (
  <>
    {figure}
    {unit && figure !== NONE ? <span className="u">{unit}</span> : null}
  </>
)
