import { Icon } from '@/components/ui/icon'
import type { RequestDetail } from '@/lib/decision/reads-request'
import { QUESTION_NAMES, QUESTIONS } from '@/lib/decision/risk'
import { APPROVER_WORDS } from '@/lib/decision/words'
import { whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'

/** Who has said what, and whose word is missing. */
export function ApprovalsPanel({ request: { approvals, missing }, now }: { request: RequestDetail; now: UnixSeconds }) {
  const standing = approvals.filter(({ void: over }) => !over)
  if (standing.length === 0 && missing.length === 0) return null
  return (
    <section className="panel v-people" aria-labelledby="people">
      <header className="d-panel-head">
        <h3 id="people">Approvals</h3>
        <span>{missing.length === 0 ? 'complete' : `${missing.length} missing`}</span>
      </header>
      <ul className="v-list">
        {standing.map(({ role, by, approves, note, at }) => (
          <li key={`${role} ${by}`} className={approves ? 'is-approve' : 'is-refused'}>
            <Icon name={approves ? 'check' : 'cross'} />
            <p>
              <b>{by}</b> {approves ? 'approved' : 'refused'} as {APPROVER_WORDS[role]}
              {note ? <span className="v-quote">“{note}”</span> : null}
            </p>
            <time>{whenText(at, now)}</time>
          </li>
        ))}
        {missing.map((role) => (
          <li key={role}>
            <Icon name="clock" />
            <p>The word of the {APPROVER_WORDS[role]} is missing</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What became of it, the newest first. */
export function EventsPanel({ events, now }: { events: RequestDetail['events']; now: UnixSeconds }) {
  return (
    <section className="panel v-events" aria-labelledby="events">
      <header className="d-panel-head">
        <h3 id="events">History</h3>
        <span>UTC, the newest first</span>
      </header>
      <ol className="i-timeline">
        {events.map(({ at, kind, text, by }) => (
          <li key={`${at} ${kind} ${text}`}>
            <time>{whenText(at, now)}</time>
            <p>{text}</p>
            <span>{by === 'poller' ? 'Headroom' : by}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What whoever asked wrote down. */
export function AboutPanel({ request }: { request: RequestDetail }) {
  const { description, links, rollbackPlan, requestedBy, answers, risk } = request
  const yes = answers ? QUESTION_NAMES.filter((name) => answers[name]) : []
  return (
    <section className="panel v-about" aria-labelledby="about">
      <header className="d-panel-head">
        <h3 id="about">About the change</h3>
        <span>in the words of {requestedBy}</span>
      </header>
      <dl className="i-read">
        <div>
          <dt>What changes</dt>
          <dd>{description || <span className="v-dim">not written down</span>}</dd>
        </div>
        <div>
          <dt>Way back</dt>
          <dd>{rollbackPlan || <span className="v-dim">not written down</span>}</dd>
        </div>
        <div>
          <dt>Risk</dt>
          <dd>
            {answers === null ? `${risk}, as was said` : yes.length === 0 ? `${risk}: five times no` : `${risk}: yes to`}
            {yes.map((name) => (
              <span key={name} className="v-yes">
                {QUESTIONS[name].text}
              </span>
            ))}
          </dd>
        </div>
        {links.length > 0 ? (
          <div>
            <dt>Links</dt>
            <dd>
              {links.map((link) => (
                <a key={link} className="v-link" href={link} rel="noreferrer" target="_blank">
                  {link.replace(/^https?:\/\//, '')}
                </a>
              ))}
            </dd>
          </div>
        ) : null}
      </dl>
    </section>
  )
}
