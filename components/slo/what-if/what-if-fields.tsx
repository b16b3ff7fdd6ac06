'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Field } from '@/components/ui/field'
import { Icon } from '@/components/ui/icon'
import type { Indicator } from '@/lib/slo/indicator'
import { selectorText } from '@/lib/slo/promql'
import { boundsQuery } from '@/lib/slo/what-if-query-options'
import { CALENDAR_UNITS } from '@/lib/slo/window'
import type { WhatIfForm } from './what-if-form'

type Props = {
  form: WhatIfForm
  messages: Record<string, string>
  indicator: Indicator
  sourceId: number
  mayAsk: boolean
  onChange: (change: Partial<WhatIfForm>) => void
}

/** What can be moved: target, window, threshold, and stretches that are left out. */
export function WhatIfFields({ form, messages, indicator, sourceId, mayAsk, onChange }: Props) {
  const { target, windowKind, days, unit, timeZone } = form
  return (
    <>
      <fieldset className="e-section">
        <legend>Rules</legend>
        <div className="e-triple">
          <Field label="Target, %" error={messages.target}>
            {(ids) => (
              <input
                className="input"
                inputMode="decimal"
                {...ids}
                value={target}
                onChange={(event) => onChange({ target: event.target.value })}
              />
            )}
          </Field>
          <Field label="Window">
            {(ids) => (
              <select
                className="input"
                {...ids}
                value={windowKind}
                onChange={(event) => onChange({ windowKind: event.target.value as WhatIfForm['windowKind'] })}
              >
                <option value="rolling">Rolling days</option>
                <option value="calendar">Calendar</option>
              </select>
            )}
          </Field>
          {windowKind === 'rolling' ? (
            <Field label="Days" error={messages.days}>
              {(ids) => (
                <input
                  className="input"
                  inputMode="numeric"
                  {...ids}
                  value={days}
                  onChange={(event) => onChange({ days: event.target.value })}
                />
              )}
            </Field>
          ) : (
            <Field label="Period" hint={`in ${timeZone}`} error={messages.unit ?? messages.timeZone}>
              {(ids) => (
                <select
                  className="input"
                  {...ids}
                  value={unit}
                  onChange={(event) => onChange({ unit: event.target.value as WhatIfForm['unit'] })}
                >
                  {CALENDAR_UNITS.map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              )}
            </Field>
          )}
        </div>
        {indicator.kind === 'latency' ? (
          <Threshold {...{ form, messages, sourceId, mayAsk, onChange }} indicator={indicator} />
        ) : null}
      </fieldset>
      <Exclusions form={form} messages={messages} onChange={onChange} />
    </>
  )
}

type ThresholdProps = Omit<Props, 'indicator'> & { indicator: Extract<Indicator, { kind: 'latency' }> }

function Threshold({ form, messages, indicator, sourceId, mayAsk, onChange }: ThresholdProps) {
  const [wanted, setWanted] = useState(false)
  const { metric, matchers } = indicator.histogram
  const buckets = selectorText({ metric: `${metric}_bucket`, matchers })
  const { data: bounds = [] } = useQuery(boundsQuery(sourceId, buckets, wanted && !indicator.native))
  return (
    <div className="e-objective">
      <Field
        label="Within, s"
        error={messages.threshold}
        hint={mayAsk ? 'Another threshold is measured from the source.' : 'Engineers can try another threshold.'}
      >
        {(ids) => (
          <input
            className="input"
            inputMode="decimal"
            disabled={!mayAsk}
            {...ids}
            value={form.threshold}
            onFocus={() => setWanted(true)}
            onChange={(event) => onChange({ threshold: event.target.value })}
          />
        )}
      </Field>
      {bounds.length > 0 ? (
        <div className="e-bounds">
          <span>Bounds:</span>
          {bounds.map((bound) => (
            <button
              key={bound}
              type="button"
              className="e-bound"
              aria-pressed={Number(form.threshold) === bound}
              onClick={() => onChange({ threshold: String(bound) })}
            >
              {bound} s
            </button>
          ))}
        </div>
      ) : null}
    </div>
  )
}

function Exclusions({ form, messages, onChange }: Pick<Props, 'form' | 'messages' | 'onChange'>) {
  const { exclusions } = form
  const set = (key: number, change: { from?: string; to?: string }) =>
    onChange({ exclusions: exclusions.map((one) => (one.key === key ? { ...one, ...change } : one)) })
  const next = Math.max(0, ...exclusions.map(({ key }) => key)) + 1
  return (
    <fieldset className="e-section">
      <legend>Left out, in UTC</legend>
      {exclusions.length === 0 ? (
        <p className="field-hint">As if a stretch had never been: a maintenance, or an outage that was somebody else’s.</p>
      ) : null}
      {exclusions.map(({ key, from, to }, i) => (
        <div className="w-exclusion" key={key}>
          <Field label="From" error={messages[`exclusions.${i}.from`]}>
            {(ids) => (
              <input
                className="input"
                type="datetime-local"
                {...ids}
                value={from}
                onChange={(event) => set(key, { from: event.target.value })}
              />
            )}
          </Field>
          <Field label="To" error={messages[`exclusions.${i}.to`] ?? messages[`exclusions.${i}`]}>
            {(ids) => (
              <input
                className="input"
                type="datetime-local"
                {...ids}
                value={to}
                onChange={(event) => set(key, { to: event.target.value })}
              />
            )}
          </Field>
          <button
            type="button"
            className="btn btn-quiet btn-icon"
            aria-label={`Keep stretch ${i + 1}`}
            onClick={() => onChange({ exclusions: exclusions.filter((one) => one.key !== key) })}
          >
            <Icon name="cross" />
          </button>
        </div>
      ))}
      <button
        type="button"
        className="btn btn-sm e-add"
        onClick={() => onChange({ exclusions: [...exclusions, { key: next, from: '', to: '' }] })}
      >
        Leave out a stretch
      </button>
    </fieldset>
  )
}
