'use client'
import { useState } from 'react'
import { type FieldErrors, useForm } from 'react-hook-form'
import { editNow } from '@/app/(portal)/incidents/actions'
import { ConflictDialog } from '@/components/ui/conflict-dialog'
import { Field } from '@/components/ui/field'
import type { EditedIncident } from '@/lib/incident/changes'
import { type LessonsDraft, lessonsDraft, lessonsInput } from '@/lib/incident/draft'
import type { IncidentView } from '@/lib/incident/incident'
import { useIncident } from './use-incident'

type Conflict = Extract<EditedIncident, { kind: 'conflict' }>
const TEXTS: [keyof LessonsDraft, string, string, number][] = [
  ['rootCause', 'Root cause', 'What made it possible, not who.', 3],
  ['contributing', 'Contributing factors', 'One a line.', 2],
  ['wentWell', 'What went well', '', 2],
  ['wentBadly', 'What went badly', '', 2],
]

/** What was learned. Two people who write at once are shown what the other one changed. */
export function LessonsPanel({ incident }: { incident: IncidentView }) {
  const { id, may } = incident
  const [base, setBase] = useState({ version: incident.version, draft: lessonsDraft(incident) })
  const form = useForm<LessonsDraft>({ defaultValues: base.draft })
  const { isDirty, errors } = form.formState
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const { run, busy, message } = useIncident(id)
  // What others save shows here as well, until somebody begins to write.
  if (!isDirty && incident.version > base.version) {
    const draft = lessonsDraft(incident)
    setBase({ version: incident.version, draft })
    form.reset(draft)
  }
  const save = async (over: number) => {
    form.clearErrors()
    const draft = form.getValues()
    const result = await run(() => editNow({ id, version: over, ...lessonsInput(draft, base.draft) }))
    if (!result) return
    if (!result.ok)
      for (const { path, message: words } of result.issues) form.setError(path as keyof LessonsDraft, { message: words })
    else if (result.data.kind === 'conflict') setConflict(result.data)
    else {
      setBase({ version: result.data.version, draft })
      form.reset(draft)
    }
  }
  const onTheirs = () => {
    const draft = lessonsDraft(incident)
    setBase({ version: incident.version, draft })
    form.reset(draft)
    setConflict(null)
  }
  return (
    <section className="panel d-panel" aria-labelledby="lessons-title">
      <header className="d-panel-head">
        <h3 id="lessons-title">What was learned</h3>
      </header>
      {may.run ? (
        <form className="i-lessons" noValidate onSubmit={form.handleSubmit(() => save(base.version))}>
          {TEXTS.map(([key, label, hint, rows]) => (
            <Field key={key} label={label} hint={hint || undefined} error={errorOf(errors, key)}>
              {(ids) => <textarea className="input c-reason" rows={rows} {...ids} {...form.register(key)} />}
            </Field>
          ))}
          <Field label="Retrospective held (UTC)" error={errorOf(errors, 'retrospectiveAt')} className="field-short">
            {(ids) => <input className="input" type="datetime-local" {...ids} {...form.register('retrospectiveAt')} />}
          </Field>
          <div className="i-save">
            <p role="alert">{message}</p>
            <button type="submit" className="btn" disabled={busy || !isDirty}>
              Save what was learned
            </button>
          </div>
        </form>
      ) : (
        <dl className="i-read">
          {TEXTS.map(([key, label]) => (
            <div key={key}>
              <dt>{label}</dt>
              <dd>{base.draft[key] || 'Not written yet.'}</dd>
            </div>
          ))}
        </dl>
      )}
      <ConflictDialog
        conflict={conflict}
        onTheirs={onTheirs}
        onMine={({ version }) => {
          setConflict(null)
          void save(version)
        }}
        onClose={() => setConflict(null)}
      />
    </section>
  )
}

const errorOf = (errors: FieldErrors<LessonsDraft>, key: keyof LessonsDraft): string | undefined => errors[key]?.message
