'use client'
import { useState } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { editNow } from '@/app/(portal)/incidents/actions'
import { ConflictDialog } from '@/components/ui/conflict-dialog'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { instantText } from '@/lib/format-time'
import type { EditedIncident } from '@/lib/incident/changes'
import { type HeadDraft, headDraft, headInput } from '@/lib/incident/draft'
import type { IncidentView } from '@/lib/incident/incident'
import type { ServiceChoice } from '@/lib/incident/reads-form'
import { ScopeFields } from './scope-fields'
import { SeverityField } from './severity-field'
import { useIncident } from './use-incident'

type Conflict = Extract<EditedIncident, { kind: 'conflict' }>
type Props = { incident: IncidentView; services: ServiceChoice[]; onClose: () => void }
const TIMES: [keyof HeadDraft & keyof IncidentView, string][] = [
  ['startedAt', 'Began'],
  ['detectedAt', 'Detected'],
  ['acknowledgedAt', 'Acknowledged'],
  ['mitigatedAt', 'Mitigated'],
  ['resolvedAt', 'Resolved'],
]

/** Title, severity, times, services and SLOs. Only what was changed is sent. */
export function EditDialog({ incident, services, onClose }: Props) {
  const { id } = incident
  const [base, setBase] = useState({ version: incident.version, draft: headDraft(incident) })
  const form = useForm<HeadDraft>({ defaultValues: base.draft })
  const { errors } = form.formState
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const { run, busy, message } = useIncident(id)
  const save = async (over: number) => {
    form.clearErrors()
    const result = await run(() => editNow({ id, version: over, ...headInput(form.getValues(), base.draft) }))
    if (!result) return
    if (!result.ok)
      for (const { path, message: words } of result.issues)
        form.setError(path.split('.')[0] as keyof HeadDraft, { message: words })
    else if (result.data.kind === 'conflict') setConflict(result.data)
    else onClose()
  }
  const onTheirs = () => {
    const draft = headDraft(incident)
    setBase({ version: incident.version, draft })
    form.reset(draft)
    setConflict(null)
  }
  if (conflict)
    return (
      <ConflictDialog
        conflict={conflict}
        onTheirs={onTheirs}
        onMine={({ version }) => {
          setConflict(null)
          void save(version)
        }}
        onClose={() => setConflict(null)}
      />
    )
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title="Edit the incident">
      <FormProvider {...form}>
        <form className="i-edit" noValidate onSubmit={form.handleSubmit(() => save(base.version))}>
          <Field label="Title" error={errors.title?.message}>
            {(ids) => <input className="input" {...ids} {...form.register('title')} />}
          </Field>
          <SeverityField />
          <Field label="Summary" error={errors.summary?.message}>
            {(ids) => <textarea className="input c-reason" rows={2} {...ids} {...form.register('summary')} />}
          </Field>
          <div className="e-pair">
            {TIMES.filter(([key]) => incident[key] !== null).map(([key, label]) => (
              <Field key={key} label={`${label} (UTC)`} error={errors[key]?.message}>
                {(ids) => <input className="input" type="datetime-local" step="1" {...ids} {...form.register(key)} />}
              </Field>
            ))}
          </div>
          <Field label="Suspected release" error={errors.suspectedRelease?.message}>
            {(ids) => (
              <select className="input" {...ids} {...form.register('suspectedRelease')}>
                <option value="">None</option>
                {releasesOf(incident).map(({ id: release, service, version, releasedAt }) => (
                  <option key={release} value={String(release)}>
                    {service} {version}, {instantText(releasedAt, releasedAt)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <ScopeFields services={services} />
          <div className="e-choices">
            <p role="alert">{message}</p>
            <button type="submit" className="btn btn-primary" disabled={busy}>
              Save
            </button>
          </div>
        </form>
      </FormProvider>
    </Dialog>
  )
}

/** The one that is suspected may be older than those around the beginning. */
const releasesOf = ({ suspected, releases }: IncidentView) =>
  suspected && !releases.some(({ id }) => id === suspected.id) ? [suspected, ...releases] : releases
