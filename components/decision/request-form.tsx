'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { askAgainNow, askNow, editRequestNow } from '@/app/(portal)/releases/actions'
import { Field } from '@/components/ui/field'
import { Link } from '@/components/ui/link'
import type { ServiceToAskFor } from '@/lib/decision/reads-queue'
import { type RequestDraft, requestInput } from '@/lib/decision/request-draft'
import { CHANGE_TYPE_WORDS, CHANGE_TYPES } from '@/lib/release/vocabulary'
import type { UnixSeconds } from '@/lib/time-series/units'
import { DecisionPreview } from './decision-preview'
import { RiskFields } from './risk-fields'

type Props = {
  services: ServiceToAskFor[]
  start: RequestDraft
  /** the draft that is edited; null: a new request */
  stored: { id: number; revision: number } | null
  now: UnixSeconds
}
const LOST = 'The portal does not answer. Nothing was saved and nothing is lost here; try again in a minute.'
type Sent = { ok: true; id: number } | { ok: false; issues: { path: string; message: string }[]; message: string }

/** A release is asked for; what would be decided stands beside it while one writes. */
export function RequestForm({ services, start, stored, now }: Props) {
  const router = useRouter()
  const form = useForm<RequestDraft>({ defaultValues: start })
  const { errors } = form.formState
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const [revision, setRevision] = useState(stored?.revision ?? 0)

  const save = async (draft: boolean): Promise<Sent> => {
    const input = requestInput(form.getValues())
    if (!stored) {
      const made = await askNow({ ...input, draft })
      return made.ok ? { ok: true, id: made.data.id } : made
    }
    const { id } = stored
    const edited = await editRequestNow({ id, revision, ...input })
    if (!edited.ok) return edited
    setRevision(edited.data.revision)
    const asked = draft ? null : await askAgainNow({ id, revision: edited.data.revision })
    return asked && !asked.ok ? asked : { ok: true, id }
  }
  const send = async (draft: boolean) => {
    form.clearErrors()
    setMessage('')
    setBusy(true)
    try {
      const sent = await save(draft)
      if (sent.ok) {
        router.push(`/releases/${sent.id}`)
        return router.refresh()
      }
      for (const { path, message: words } of sent.issues)
        form.setError(path.replace(/^links\..*/, 'links') as keyof RequestDraft, { message: words })
      setMessage(sent.issues.length > 0 ? 'Correct what is marked, then ask again.' : sent.message)
    } catch {
      setMessage(LOST)
    } finally {
      setBusy(false)
    }
  }
  return (
    <FormProvider {...form}>
      <div className="editor f-request">
        <form className="e-form" noValidate onSubmit={(event) => event.preventDefault()}>
          <fieldset className="e-section">
            <legend>What goes out</legend>
            <div className="e-triple">
              <Field label="Service" error={errors.service?.message}>
                {(ids) => (
                  <select className="input" {...ids} {...form.register('service')}>
                    <option value="">Choose one</option>
                    {services.map(({ slug, name }) => (
                      <option key={slug} value={slug}>
                        {name}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
              <Field label="Version" error={errors.version?.message} hint="As your pipeline reports it.">
                {(ids) => <input className="input" placeholder="1.42.0" {...ids} {...form.register('version')} />}
              </Field>
              <Field label="Type of change" error={errors.changeType?.message}>
                {(ids) => (
                  <select className="input" {...ids} {...form.register('changeType')}>
                    {CHANGE_TYPES.map((type) => (
                      <option key={type} value={type}>
                        {CHANGE_TYPE_WORDS[type]}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
            </div>
            <Field label="What changes" error={errors.description?.message} hint="Whoever decides reads the first line first.">
              {(ids) => <textarea className="input c-reason" rows={2} {...ids} {...form.register('description')} />}
            </Field>
          </fieldset>
          <fieldset className="e-section">
            <legend>How risky it is</legend>
            <RiskFields />
          </fieldset>
          <fieldset className="e-section">
            <legend>How it goes out</legend>
            <div className="e-pair">
              <Field label="Planned (UTC)" error={errors.plannedAt?.message} hint="Empty: as soon as it may.">
                {(ids) => <input className="input" type="datetime-local" {...ids} {...form.register('plannedAt')} />}
              </Field>
              <Field label="Links" error={errors.links?.message} hint="Changes, tests, a ticket. One a line.">
                {(ids) => <textarea className="input c-reason" rows={1} {...ids} {...form.register('links')} />}
              </Field>
            </div>
            <Field
              label="Way back"
              error={errors.rollbackPlan?.message}
              hint="What is done when it goes wrong, and how long that takes."
            >
              {(ids) => <textarea className="input c-reason" rows={2} {...ids} {...form.register('rollbackPlan')} />}
            </Field>
          </fieldset>
        </form>
        <div className="f-preview">
          <h2 className="sr-only">What would be decided</h2>
          <DecisionPreview now={now} />
        </div>
      </div>
      <footer className="e-bar">
        <p role="alert">{message}</p>
        <Link href={stored ? `/releases/${stored.id}` : '/releases'} className="btn btn-quiet">
          Cancel
        </Link>
        <button type="button" className="btn" disabled={busy} onClick={() => void send(true)}>
          Save as draft
        </button>
        <button type="button" className="btn btn-primary" disabled={busy} onClick={() => void send(false)}>
          {busy ? 'Asking …' : 'Ask for the release'}
        </button>
      </footer>
    </FormProvider>
  )
}
