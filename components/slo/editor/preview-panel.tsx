import { ceiled, countText, floored, leftText, NONE, sliText } from '@/lib/format'
import type { Finding, SloPreview } from '@/lib/slo/preview'
import { type PolicyChoice, PreviewAlerts } from './preview-alerts'
import { PreviewChart } from './preview-chart'

export type PreviewState =
  | { kind: 'incomplete'; missing: string }
  | { kind: 'loading' }
  | { kind: 'failed'; message: string }
  | { kind: 'ready'; preview: SloPreview; stale: boolean }

/** What the definition would have meant over the last 30 days, while it is being written. */
export function PreviewPanel({ state, ...choice }: { state: PreviewState } & PolicyChoice) {
  return (
    <section className="panel e-preview" aria-labelledby="preview-title" aria-busy={state.kind === 'loading'}>
      <header className="d-panel-head">
        <h2 id="preview-title">The last 30 days under this definition</h2>
        {state.kind === 'ready' && state.stale ? <span role="status">measuring …</span> : null}
      </header>
      {state.kind === 'incomplete' ? (
        <p className="e-quiet">The source is asked as soon as the form is complete. Next: {state.missing}</p>
      ) : null}
      {state.kind === 'loading' ? <p className="e-quiet">Measuring …</p> : null}
      {state.kind === 'failed' ? (
        <p className="e-finding e-error" role="status">
          {state.message}
        </p>
      ) : null}
      {state.kind === 'ready' ? <Ready preview={state.preview} choice={choice} /> : null}
    </section>
  )
}

function Ready({ preview, choice }: { preview: SloPreview; choice: PolicyChoice }) {
  const { measured, meaning, findings } = preview
  return (
    <>
      <Findings findings={findings} />
      {measured ? <Measured preview={preview} measured={measured} choice={choice} /> : null}
      <dl className="e-figures">
        <div>
          <dt>Budget in time</dt>
          <dd>
            {meaning.events === null ? '' : '≈ '}
            {minutesText(meaning.minutes)}
            <span className="u"> of full outage</span>
          </dd>
        </div>
        {meaning.events === null ? null : (
          <div>
            <dt>Budget in events</dt>
            <dd>
              {countText(Math.floor(meaning.events))}
              <span className="u"> may be bad</span>
            </dd>
          </div>
        )}
      </dl>
      {preview.percentiles.length > 0 ? <Percentiles preview={preview} /> : null}
      {preview.queries.length === 0 ? (
        <p className="e-quiet">It is counted from its members, minute by minute. No source is asked for it.</p>
      ) : null}
      <details className="explain-queries" hidden={preview.queries.length === 0}>
        <summary>What the source will be asked every minute</summary>
        {preview.queries.map(({ signal, promql }) => (
          <pre key={signal + promql}>
            <b>{signal}</b> {promql}
          </pre>
        ))}
      </details>
    </>
  )
}

const minutesText = (minutes: number): string =>
  minutes < 1 ? `${floored(minutes * 60, 1)} s` : minutes < 600 ? `${floored(minutes, 1)} min` : `${floored(minutes / 60, 1)} h`

function Findings({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) return null
  return (
    <ul className="e-findings" aria-label="What the source says">
      {findings.map(({ message, severity }) => (
        <li key={message} className={`e-finding e-${severity}`}>
          <b>{severity === 'error' ? 'Not possible' : 'Check'}</b> {message}
        </li>
      ))}
    </ul>
  )
}

type MeasuredProps = { preview: SloPreview; measured: NonNullable<SloPreview['measured']>; choice: PolicyChoice }

function Measured({ preview, measured, choice }: MeasuredProps) {
  const { counts, sli, remaining, coverage, alerts, ts, remainingSeries, backTest } = measured
  const pages = alerts.filter(({ severity }) => severity === 'page')
  const tickets = alerts.filter(({ severity }) => severity === 'ticket')
  const left = remaining === null ? 'nothing was measured' : `${leftText(remaining)} % of the budget is left`
  return (
    <>
      <dl className="e-figures e-main">
        <div>
          <dt>SLI</dt>
          <dd data-figure="sli">
            {sliText(sli)}
            {sli === null ? null : <span className="u">%</span>}
          </dd>
        </div>
        <div className={remaining !== null && remaining <= 0 ? 'is-gone' : ''}>
          <dt>Budget left</dt>
          <dd data-figure="left">
            {leftText(remaining)}
            {remaining === null ? null : <span className="u">%</span>}
          </dd>
        </div>
        <div>
          <dt>Alerts</dt>
          <dd>
            {pages.length}
            <span className="u"> {pages.length === 1 ? 'page' : 'pages'}</span> {tickets.length}
            <span className="u"> {tickets.length === 1 ? 'ticket' : 'tickets'}</span>
          </dd>
        </div>
        <div>
          <dt>Good of total</dt>
          <dd>
            {countText(Math.floor(counts.good))}
            <span className="u"> of {countText(Math.round(counts.total))}</span>
          </dd>
        </div>
        <div>
          <dt>Measured</dt>
          <dd>
            {floored(coverage * 100, 2)}
            <span className="u">% of minutes</span>
          </dd>
        </div>
      </dl>
      <PreviewChart
        ts={ts}
        remaining={remainingSeries}
        alerts={alerts}
        summary={`Budget over the last 30 days: now ${left}; ${pages.length} pages and ${tickets.length} tickets would have fired.`}
        of="A definition that is being written"
      />
      <PreviewAlerts backTest={backTest} now={measured.to} {...choice} />
      {preview.retentionSeconds !== null && preview.retentionSeconds < 30 * 86_400 ? (
        <p className="e-quiet">The source keeps {Math.floor(preview.retentionSeconds / 86_400)} d only.</p>
      ) : null}
    </>
  )
}

function Percentiles({ preview: { percentiles } }: { preview: SloPreview }) {
  return (
    <dl className="e-figures">
      {percentiles.map(({ q, seconds }) => (
        <div key={q}>
          <dt>p{Number((q * 100).toFixed(1))}</dt>
          <dd>
            {seconds < 1 ? ceiled(seconds * 1000, 0) : ceiled(seconds, 2)}
            <span className="u"> {seconds < 1 ? 'ms' : 's'}</span>
          </dd>
        </div>
      ))}
      {percentiles.length === 0 ? NONE : null}
    </dl>
  )
}
