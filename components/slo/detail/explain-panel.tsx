'use client'
import { useState } from 'react'
import type { SloDetail } from '@/lib/slo/detail'
import { explain, recountText, type Step } from './explain'
import { Members } from './members'
import { unitOf } from './units'

const textOf = (detail: SloDetail, steps: Step[]): string =>
  [
    `${detail.service.name}: ${detail.name}`,
    ...steps.map(({ name, rule, figures, result }) => `${name}: ${rule}${figures ? ` = ${figures}` : ''} = ${result}`),
    ...(detail.composite?.members.map(({ service, name, weight }) => `member: ${service}: ${name} × ${weight}`) ?? []),
    ...detail.queries.map(({ signal, promql }) => `${signal}: ${promql}`),
  ].join('\n')

/** The arithmetic, and the questions the source is asked. */
export function ExplainPanel({ detail }: { detail: SloDetail }) {
  const [copied, setCopied] = useState(false)
  const { status, queries, source, recounts } = detail
  if (!status) return null
  const steps = explain(detail, status)
  const copy = async () => {
    await navigator.clipboard.writeText(textOf(detail, steps))
    setCopied(true)
  }
  return (
    <section className="panel d-panel" id="explain" tabIndex={-1} aria-labelledby="explain-title">
      <header className="d-panel-head">
        <h3 id="explain-title">Explain</h3>
        <span>unrounded, as the decision uses them</span>
        <button type="button" className="btn btn-quiet btn-sm" onClick={copy}>
          {copied ? 'Copied' : 'Copy'}
        </button>
      </header>
      <dl className="explain">
        {steps.map(({ name, rule, figures, result }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="explain-rule">
              <span>{rule}</span>
              {figures ? <span>{figures}</span> : null}
            </dd>
            <dd className="explain-result">{result}</dd>
          </div>
        ))}
      </dl>
      {recounts.map((recount) => (
        <p key={recount.from} className="explain-correction">
          {recountText(recount, status.ts, unitOf(detail))}
        </p>
      ))}
      {detail.composite ? <Members composite={detail.composite} /> : null}
      <details className="explain-queries" hidden={detail.composite !== null}>
        <summary>What {source.name} is asked for every minute</summary>
        {queries.map(({ signal, promql }) => (
          <pre key={signal + promql}>
            <b>{signal}</b> {promql}
          </pre>
        ))}
      </details>
    </section>
  )
}
