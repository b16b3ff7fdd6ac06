'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { backTestCsv } from '@/components/charts/chart-csv'
import { ChartExport } from '@/components/charts/chart-export'
import { Field } from '@/components/ui/field'
import { backTestQuery } from '@/lib/alert/query-options'
import type { BackTests } from '@/lib/alert/reads-back-test'
import { instantText } from '@/lib/format-time'
import { choicesQuery } from '@/lib/slo/choices-query-options'
import { BackTestTable } from './back-test-table'
import { WouldBeList } from './would-be-list'

type Props = { policy: { slug: string; name: string }; others: { slug: string; name: string }[] }

/** A policy over the real past of an SLO, beside another one. */
export function BackTestPanel({ policy, others }: Props) {
  const { data: slos = [] } = useQuery(choicesQuery())
  const [slo, setSlo] = useState('')
  const [second, setSecond] = useState(others[0]?.slug ?? '')
  const [days, setDays] = useState(30)
  const policies = second && second !== policy.slug ? [policy.slug, second] : [policy.slug]
  const { data, error, isFetching } = useQuery({
    ...backTestQuery(slo === '' ? null : Number(slo), policies, days),
    placeholderData: (previous) => previous,
  })
  return (
    <section className="panel d-panel a-back" aria-labelledby="back-title" aria-busy={isFetching}>
      <header className="d-panel-head">
        <h2 id="back-title">Back-test</h2>
        <span>{isFetching ? 'working it out …' : 'what it would have told of, from the counters that were measured'}</span>
      </header>
      <div className="a-choose">
        <Field label="SLO">
          {(ids) => (
            <select className="input" {...ids} value={slo} onChange={(event) => setSlo(event.target.value)}>
              <option value="">Choose an SLO</option>
              {slos.map(({ id, serviceName, name }) => (
                <option key={id} value={id}>
                  {serviceName}: {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Beside">
          {(ids) => (
            <select className="input" {...ids} value={second} onChange={(event) => setSecond(event.target.value)}>
              <option value="">nothing</option>
              {others.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Over the last">
          {(ids) => (
            <select className="input" {...ids} value={days} onChange={(event) => setDays(Number(event.target.value))}>
              {[7, 30, 90].map((count) => (
                <option key={count} value={count}>
                  {count} days
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {error ? (
        <p className="e-quiet" role="alert">
          {error.message}
        </p>
      ) : null}
      {slo === '' ? <p className="e-quiet">Choose an SLO whose past it is to be tried on.</p> : null}
      {slo !== '' && data && !error ? <Results found={data} /> : null}
    </section>
  )
}

function Results({ found: { slo, results, notes, from, to } }: { found: BackTests }) {
  return (
    <>
      <div className="chart-figure" data-chart>
        <ChartExport
          name="Back-test"
          of={`${slo.service}, ${slo.name}`}
          note={`${instantText(from, to)} to ${instantText(to, to)} UTC, as of the latter`}
          csv={() => backTestCsv(results)}
        />
        <BackTestTable results={results} />
      </div>
      <div className="a-sides">
        {results.map(({ policy, alerts, pairs }) => (
          <section key={policy.slug} aria-label={policy.name}>
            <h3>{policy.name}</h3>
            <ul className="a-words">
              {pairs.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
            <WouldBeList alerts={alerts} now={to} />
          </section>
        ))}
      </div>
      {notes.map((note) => (
        <p key={note} className="e-quiet">
          {note}
        </p>
      ))}
    </>
  )
}
