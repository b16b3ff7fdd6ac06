'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormProvider, useForm, useFormContext, useWatch } from 'react-hook-form'
import { createCycleNow, deleteCycleNow, updateCycleNow } from '@/app/(portal)/review/actions'
import { EditorBar } from '@/components/ui/editor-bar'
import { Field } from '@/components/ui/field'
import { useErrorAt } from '@/components/ui/use-error-at'
import { useHydrated } from '@/components/ui/use-hydrated'
import { resolverOf } from '@/components/ui/use-saving'
import { type CycleDraft, cycleField, inputOfCycle } from '@/lib/review/draft'
import type { ReviewChoices } from '@/lib/review/reads'
import { recurrenceText } from '@/lib/review/recurrence'
import { cycleInputSchema } from '@/lib/review/schema'

type Props = { start: CycleDraft; stored: { id: number; version: number } | null; choices: ReviewChoices }
type Issues = { message: string; issues: { path: string; message: string }[] }

/** When a review is held, of what, and what is ticked off. */
export function CycleEditor({ start, stored, choices }: Props) {
  const router = useRouter()
  const ready = useHydrated()
  const [busy, setBusy] = useState(false)
  const [message, setMessage] = useState('')
  const form = useForm<CycleDraft>({
    ...{ defaultValues: start, mode: 'onTouched' },
    resolver: resolverOf(cycleInputSchema, inputOfCycle, cycleField),
  })
  const refused = ({ message: words, issues }: Issues) => {
    for (const { path, message: sentence } of issues)
      form.setError(cycleField(path) as keyof CycleDraft, { type: 'server', message: sentence })
    setMessage(words)
  }
  const save = async () => {
    setMessage('')
    if (!(await form.trigger(undefined, { shouldFocus: true }))) return setMessage('Correct what is marked, then save again.')
    setBusy(true)
    const cycle = inputOfCycle(form.getValues())
    const result = stored ? await updateCycleNow({ ...stored, cycle }) : await createCycleNow(cycle)
    if (result.ok) return router.push('/review')
    setBusy(false)
    refused(result)
  }
  const remove = async () => {
    if (!stored) return
    const result = await deleteCycleNow(stored)
    if (result.ok) router.push('/review')
    else setMessage(result.message)
  }
  return (
    <FormProvider {...form}>
      <form className="editor rw-editor" onSubmit={(event) => event.preventDefault()} noValidate>
        <fieldset className="e-form" disabled={!ready}>
          <WhatFields choices={choices} />
          <WhenFields />
          <ChecklistFields />
          {stored ? (
            <p>
              <button type="button" className="btn btn-sm btn-danger" onClick={() => void remove()}>
                Remove this cycle
              </button>{' '}
              <span className="field-hint">Its minutes and actions stay.</span>
            </p>
          ) : null}
        </fieldset>
      </form>
      <EditorBar ready={ready} message={message} busy={busy} back="/review" label="Save the cycle" onSave={() => void save()} />
    </FormProvider>
  )
}

function WhatFields({ choices }: { choices: ReviewChoices }) {
  const { register } = useFormContext<CycleDraft>()
  const errorAt = useErrorAt()
  return (
    <fieldset className="e-section">
      <legend>What is reviewed</legend>
      <div className="e-pair">
        <Field label="Name" error={errorAt('name')} hint="As people call the meeting.">
          {(ids) => <input className="input" {...ids} {...register('name')} />}
        </Field>
        <Field label="Of" error={errorAt('scope')} hint="All SLOs of a team, or of one service.">
          {(ids) => (
            <select className="input" {...ids} {...register('scope')}>
              <option value="">Choose a team or a service</option>
              {choices.scopes.map(({ group, items }) => (
                <optgroup key={group} label={group}>
                  {items.map(({ value, name }) => (
                    <option key={value} value={value}>
                      {name}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          )}
        </Field>
      </div>
    </fieldset>
  )
}

function WhenFields() {
  const { register } = useFormContext<CycleDraft>()
  const draft = useWatch<CycleDraft>() as CycleDraft
  const errorAt = useErrorAt()
  const custom = draft.rhythm === 'custom'
  return (
    <fieldset className="e-section">
      <legend>When</legend>
      <div className="e-pair">
        <Field label="Comes again" error={custom ? undefined : errorAt('rrule')}>
          {(ids) => (
            <select className="input" {...ids} {...register('rhythm')}>
              <option value="weekly">Every week</option>
              <option value="fortnightly">Every second week</option>
              <option value="monthly">Every month, on the same weekday</option>
              <option value="custom">By a rule</option>
            </select>
          )}
        </Field>
        <Field label="Time zone" error={errorAt('timeZone')}>
          {(ids) => <input className="input" list="review-zones" {...ids} {...register('timeZone')} />}
        </Field>
        <datalist id="review-zones">
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <Field label="First on" error={errorAt('date')} hint="Its weekday is the one of every review.">
          {(ids) => <input type="date" className="input" {...ids} {...register('date')} />}
        </Field>
        <Field label="At" error={errorAt('time')}>
          {(ids) => <input type="time" className="input" {...ids} {...register('time')} />}
        </Field>
      </div>
      {custom ? (
        <Field label="Rule" error={errorAt('rrule')} hint="An RRULE of RFC 5545. Local times follow the clock of the zone.">
          {(ids) => <input className="input mono" placeholder="FREQ=MONTHLY;BYDAY=1WE,3WE" {...ids} {...register('rrule')} />}
        </Field>
      ) : null}
      <p className="rw-words" aria-live="polite">
        {wordsOf(draft)}
      </p>
      <label className="check">
        <input type="checkbox" {...register('enabled')} />
        <span>
          On <span className="field-hint">off: nothing becomes due</span>
        </span>
      </label>
    </fieldset>
  )
}

function wordsOf(draft: CycleDraft): string {
  const read = cycleInputSchema.safeParse({ ...inputOfCycle(draft), name: 'a', scope: 'team:a', checklist: [] })
  return read.success ? `${recurrenceText(read.data)}.` : ''
}

function ChecklistFields() {
  const { register } = useFormContext<CycleDraft>()
  const errorAt = useErrorAt()
  return (
    <fieldset className="e-section">
      <legend>What is ticked off</legend>
      <Field label="Checklist" error={errorAt('checklist')} hint="A line each, nine at most: each has a key in the meeting.">
        {(ids) => <textarea className="input" rows={6} {...ids} {...register('checklist')} />}
      </Field>
    </fieldset>
  )
}
