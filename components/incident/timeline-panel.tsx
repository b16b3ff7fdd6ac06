'use client'
import { type FormEvent, useState } from 'react'
import { noteNow } from '@/app/(portal)/incidents/actions'
import { Field } from '@/components/ui/field'
import { instantInput } from '@/lib/incident/draft'
import type { IncidentView } from '@/lib/incident/incident'
import type { UnixSeconds } from '@/lib/time-series/units'
import { NOTE_FIELD } from './note-field'
import { Timeline } from './timeline'
import { useIncident } from './use-incident'

/** What happened, oldest first, and what people wrote about it. */
export function TimelinePanel({ incident: { id, events, may }, now }: { incident: IncidentView; now: UnixSeconds }) {
  return (
    <section className="panel d-panel" aria-labelledby="timeline-title">
      <header className="d-panel-head">
        <h3 id="timeline-title">Timeline</h3>
        <span>UTC</span>
      </header>
      <Timeline events={events} now={now} />
      {may.run ? <NoteForm id={id} /> : null}
    </section>
  )
}

function NoteForm({ id }: { id: number }) {
  const { run, busy, message } = useIncident(id)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const at = instantInput(String(data.get('at') ?? ''))
    const result = await run(() => noteNow({ id, text: String(data.get('text') ?? ''), ...(at !== null && { at }) }))
    setErrors(result && !result.ok ? Object.fromEntries(result.issues.map(({ path, message: words }) => [path, words])) : {})
    if (result?.ok) form.reset()
  }
  return (
    <form className="i-note-form" onSubmit={send} noValidate>
      <Field label="Note" error={errors.text}>
        {(ids) => <textarea className={`input c-reason ${NOTE_FIELD}`} rows={2} name="text" {...ids} />}
      </Field>
      <Field label="At (UTC)" error={errors.at} hint="Empty: now.">
        {(ids) => <input className="input" type="datetime-local" name="at" {...ids} />}
      </Field>
      <button type="submit" className="btn" disabled={busy}>
        Add the note
      </button>
      {message && Object.keys(errors).length === 0 ? <p role="alert">{message}</p> : null}
    </form>
  )
}
