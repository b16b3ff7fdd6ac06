import { PrintButton } from '@/components/service/print-button'
import { StateMark } from '@/components/slo/state-mark'
import { Link } from '@/components/ui/link'
import type { Kept, PlainSummary } from '@/lib/report/plain-words'
import type { SloState } from '@/lib/slo/state'
import { reportAddress } from './address'

const WORDS: Record<Kept, string> = { kept: 'kept', broken: 'not kept', unknown: 'nobody can say' }
const STATES: Record<Kept, SloState> = { kept: 'healthy', broken: 'exhausted', unknown: 'no-data' }

type Props = { summary: PlainSummary; service: string | null; month: string }

/** A month on one screen, in words that need no explanation. */
export function SummaryPage({ summary, service, month }: Props) {
  const { subject, answer, kept, remark, promises, more, happened, next } = summary
  return (
    <article className="rs-page">
      <header className={`rs-head is-${STATES[kept]}`}>
        <p className="rs-kicker">
          {subject}, {summary.month}
        </p>
        <h2>
          <StateMark state={STATES[kept]} />
          {answer}
        </h2>
      </header>
      {promises.length > 0 ? (
        <section>
          <h3>{service === null ? 'Where promises were not kept' : 'What was promised'}</h3>
          <ul className="rs-promises">
            {promises.map(({ title, kept: one, sentence }) => (
              <li key={title} className={`is-${STATES[one]}`}>
                <StateMark state={STATES[one]} />
                <div>
                  <b>{title}</b> <span className="rs-word">{WORDS[one]}</span>
                  <p>{sentence}</p>
                </div>
              </li>
            ))}
          </ul>
          {more > 0 ? <p className="rs-more">And {more} more.</p> : null}
        </section>
      ) : null}
      <div className="rs-columns">
        <Lines title="What happened" lines={happened} none="Nothing was recorded." />
        <Lines title="What we do" lines={next} none="Nothing follows from this month." />
      </div>
      <footer className="rs-foot">
        <p>{remark}</p>
        <p className="rs-do">
          <Link className="btn" href={reportAddress(service, month)}>
            The whole report
          </Link>
          <PrintButton />
        </p>
      </footer>
    </article>
  )
}

const Lines = ({ title, lines, none }: { title: string; lines: string[]; none: string }) => (
  <section>
    <h3>{title}</h3>
    {lines.length === 0 ? (
      <p>{none}</p>
    ) : (
      <ul className="rs-lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    )}
  </section>
)
