import { Children, type ReactNode } from 'react'
import { PrintButton } from '@/components/service/print-button'
import { leftText } from '@/lib/format'
import { clockText } from '@/lib/format-time'
import { HEALTH_RULE } from '@/lib/review/health'
import type { Minutes, MinutesAction, MinutesService } from '@/lib/review/minutes'
import { timerText } from '@/lib/review/timer'
import { ACTION_WORDS, dueText, fullDay, minuteText } from '@/lib/review/words'
import { HealthMark } from './marks'

/** Minutes to read from top to bottom, on a screen and on paper. */
export function MinutesPage({ minutes }: { minutes: Minutes }) {
  const { review, cycle, of, services, general, checklist, took, timeZone: zone, facilitator } = minutes
  return (
    <article className="spec rw-minutes">
      <header>
        <h2>
          {cycle}, {fullDay(minutes.startedAt, zone)}
        </h2>
        <p className="spec-asof">
          {of}. Held {minuteText(minutes.startedAt, zone)} to {minuteText(minutes.closedAt, zone)} ({zone}),{' '}
          {timerText(took.whole)} of meeting, run by {facilitator}. Data to {clockText(minutes.asOf, zone)}; compared with{' '}
          {fullDay(minutes.since, zone)}.
        </p>
        <div className="spec-do">
          <a className="btn btn-sm" href={`/api/v1/reviews/${review}/minutes.md`}>
            Markdown
          </a>
          <a className="btn btn-sm" href={`/api/v1/reviews/${review}/minutes.html`}>
            HTML
          </a>
          <PrintButton />
        </div>
      </header>
      <table className="s-table rw-overview">
        <caption className="sr-only">Services</caption>
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">Status</th>
            <th scope="col">Why</th>
            <th scope="col" className="num">
              Budget left
            </th>
          </tr>
        </thead>
        <tbody>
          {services.map(({ slug, name, health, because, budget }) => (
            <tr key={slug}>
              <th scope="row">{name}</th>
              <td>
                <HealthMark health={health} />
              </td>
              <td>{because}</td>
              <td className="num">
                {budget ? leftText(budget.remaining) : 'not known'}
                {budget ? <span className="u">%</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="spec-asof">{HEALTH_RULE} Budget left is that of the SLO with the least.</p>
      {services.map((service) => (
        <Service key={service.slug} service={service} minutes={minutes} />
      ))}
      {general.actions.length + general.decisions.length > 0 ? (
        <section>
          <h3>About no service in particular</h3>
          <Captured {...general} minutes={minutes} />
        </section>
      ) : null}
      <section>
        <h3>Checklist</h3>
        <List
          items={checklist.map(({ text, by }) => (
            <>
              {by === null ? 'Not done: ' : 'Done: '}
              {text}
              {by === null ? null : <em> {by}</em>}
            </>
          ))}
        />
      </section>
    </article>
  )
}

function Service({ service, minutes }: { service: MinutesService; minutes: Minutes }) {
  const { name, health, because, budget, issues } = service
  return (
    <section>
      <h3 className="rw-service">
        {name} <HealthMark health={health} />
      </h3>
      <p>
        {because}.{' '}
        {budget ? `${leftText(budget.remaining)} % of the error budget of ${budget.slo} remaining.` : 'Its budget is not known.'}
      </p>
      <h4>Key issues</h4>
      <List items={issues} />
      <Captured {...service} minutes={minutes} />
    </section>
  )
}

function Captured({ actions, decisions, minutes }: Minutes['general'] & { minutes: Minutes }) {
  return (
    <>
      <h4>Actions</h4>
      <List items={actions.map((action) => actionLine(action, minutes))} />
      <h4>Decisions</h4>
      <List
        items={decisions.map(({ text, by }) => (
          <>
            {text} <em>{by}</em>
          </>
        ))}
      />
    </>
  )
}

const actionLine = ({ title, owner, dueOn, status, late }: MinutesAction, { closedAt }: Minutes): ReactNode => (
  <>
    {title}{' '}
    <em>
      {[
        owner ?? 'no owner',
        dueOn === null ? '' : `due ${dueText(dueOn, closedAt)}`,
        `${ACTION_WORDS[status]}${late && status === 'carried' ? ', late' : ''}`,
      ]
        .filter(Boolean)
        .join(', ')}
    </em>
  </>
)

function List({ items }: { items: ReactNode[] }) {
  if (items.length === 0) return <p className="rw-none">None.</p>
  return (
    <ul>
      {Children.map(items, (item) => (
        <li>{item}</li>
      ))}
    </ul>
  )
}
