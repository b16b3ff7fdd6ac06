'use client'
import { useState } from 'react'
import { useWatch } from 'react-hook-form'
import { Field } from '@/components/ui/field'
import { alertPairs, alertPolicySchema, policyWarnings } from '@/lib/alert/alert-policy'
import { inputOfDraft, type PolicyDraft } from '@/lib/alert/draft'
import { arithmeticText } from '@/lib/alert/words'
import { DAY } from '@/lib/time-series/units'

/** What the policy means for an objective, while it is written. */
export function PolicyMeaning() {
  const draft = useWatch<PolicyDraft>() as PolicyDraft
  const [target, setTarget] = useState('99.9')
  const [days, setDays] = useState('30')
  const { settings } = inputOfDraft(draft)
  const read = alertPolicySchema.safeParse(settings)
  const share = Number(target) / 100
  const window = Number(days) * DAY
  const fits = share > 0 && share < 1 && window >= DAY
  return (
    <section className="panel e-preview" aria-labelledby="meaning-title">
      <header className="d-panel-head">
        <h2 id="meaning-title">What it means</h2>
      </header>
      <div className="e-pair a-choose">
        <Field label="Target, %">
          {(ids) => (
            <input
              className="input num"
              inputMode="decimal"
              {...ids}
              value={target}
              onChange={(event) => setTarget(event.target.value)}
            />
          )}
        </Field>
        <Field label="Window, days">
          {(ids) => (
            <input
              className="input num"
              inputMode="numeric"
              {...ids}
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          )}
        </Field>
      </div>
      {policyWarnings(settings).map((warning) => (
        <p key={warning} className="e-finding e-warning">
          <b>Check</b> {warning}
        </p>
      ))}
      {!read.success ? <p className="e-quiet">Next: {read.error.issues[0]?.message}</p> : null}
      {read.success && !fits ? (
        <p className="e-quiet">Next: a target between 0 and 100 %, and a window of a day or more.</p>
      ) : null}
      {read.success && fits ? (
        <ul className="a-words a-means">
          {alertPairs(read.data, window).map((pair) => (
            <li key={pair.long}>{arithmeticText(pair, window, share)}</li>
          ))}
        </ul>
      ) : null}
      <p className="e-quiet">
        Both windows have to be over the threshold. Guards keep a handful of errors at low traffic from waking anybody; where
        slices are counted, bad events are not.
      </p>
    </section>
  )
}
