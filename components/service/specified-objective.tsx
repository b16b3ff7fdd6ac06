import type { SpecifiedObjective } from '@/lib/service/specification'
import { Pairs } from './pairs'

/** One objective: what is measured, what is promised, when people are called, how it is known. */
export function SpecifiedObjectiveSection({ objective }: { objective: SpecifiedObjective }) {
  const { id, name, description, marks, measures, parts, queries, promise, alerts, measurement } = objective
  return (
    <section className="spec-objective" aria-labelledby={`objective-${id}`}>
      <h4 id={`objective-${id}`}>
        {name}{' '}
        {marks.map((mark) => (
          <span key={mark} className="tag">
            {mark}
          </span>
        ))}
      </h4>
      <p>{description}</p>
      <Pairs items={promise} />
      <p>{measures}</p>
      <dl className="spec-pairs spec-code">
        {parts.map((part) => (
          <div key={part.name}>
            <dt>{part.name}</dt>
            <dd>{part.text}</dd>
          </div>
        ))}
      </dl>
      {queries.map(({ signal, promql }) => (
        <pre key={signal + promql}>
          <b>{signal}</b> {promql}
        </pre>
      ))}
      <table className="spec-alerts">
        <caption>Alerts: both windows must hold</caption>
        <thead>
          <tr>
            <th scope="col">Long and short</th>
            <th scope="col">Severity</th>
            <th scope="col">Burn rate</th>
            <th scope="col">Spends</th>
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <tr key={alert.windows}>
              <th scope="row">{alert.windows}</th>
              <td>{alert.severity}</td>
              <td>{alert.threshold}</td>
              <td>{alert.note ? `${alert.share}; ${alert.note}` : alert.share}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pairs items={measurement} />
    </section>
  )
}
