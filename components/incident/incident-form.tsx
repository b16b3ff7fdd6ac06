'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { openNow } from '@/app/(portal)/incidents/actions'
import { Field } from '@/components/ui/field'
import { Link } from '@/components/ui/link'
import { fieldOf, instantInput } from '@/lib/incident/draft'
import type { ServiceChoice } from '@/lib/incident/reads-form'
import { floorTo, MINUTE } from '@/lib/time-series/units'
import { ScopeFields } from './scope-fields'
import { SeverityField } from './severity-field'

type Draft = {
  title: string
  severity: string
  summary: string
  startedAt: string
  mitigatedAt: string
  services: string[]
  slos: string[]
}
type Props = {
  services: ServiceChoice[]
  from: { slo?: number | undefined; service?: string | undefined; from?: number | undefined; to?: number | undefined }
  now: number
}
const LOST = 'The portal does not answer. Nothing was opened; try again in a minute.'

/** An incident that somebody noticed before any alert did. */
export function IncidentForm({ services, from, now }: Props) {
  const router = useRouter()
  const holder = services.find(({ slug, slos }) => slug === from.service || slos.some(({ id }) => id === from.slo))
  const form = useForm<Draft>({
    defaultValues: {
      ...{ title: '', severity: 'sev3', summary: '', startedAt: fieldOf(from.from ?? floorTo(now, MINUTE)) },
      mitigatedAt: from.to === undefined ? '' : fieldOf(from.to),
      services: holder ? [holder.slug] : [],
      slos: from.slo === undefined ? [] : [String(from.slo)],
    },
  })
  const { errors } = form.formState
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const send = async () => {
    form.clearErrors()
    setMessage('')
    setBusy(true)
    const { startedAt, mitigatedAt, slos, ...draft } = form.getValues()
    const times = { startedAt: instantInput(startedAt) ?? '', mitigatedAt: instantInput(mitigatedAt) ?? undefined }
    try {
      const result = await openNow({ ...draft, slos: slos.map(Number), ...times })
      if (result.ok) return router.push(`/incidents/${result.data.id}`)
      for (const issue of result.issues) form.setError(issue.path as keyof Draft, { message: issue.message })
      setMessage(result.issues.length > 0 ? 'Correct what is marked, then open it again.' : result.message)
    } catch {
      setMessage(LOST)
    } finally {
      setBusy(false)
    }
  }
  return (
    <FormProvider {...form}>
      <form className="editor i-new" noValidate onSubmit={(event) => event.preventDefault()}>
        <fieldset className="e-section">
          <legend>What happens</legend>
          <Field label="Title" error={errors.title?.message} hint="One line that people recognize it by.">
            {(ids) => <input className="input" {...ids} {...form.register('title')} />}
          </Field>
          <div className="e-pair">
            <SeverityField />
            <Field label="Began (UTC)" error={errors.startedAt?.message} hint="When the harm began, not when it was noticed.">
              {(ids) => <input className="input" type="datetime-local" {...ids} {...form.register('startedAt')} />}
            </Field>
            <Field label="Ended (UTC)" error={errors.mitigatedAt?.message} hint="Empty while it goes on.">
              {(ids) => <input className="input" type="datetime-local" {...ids} {...form.register('mitigatedAt')} />}
            </Field>
          </div>
          <Field label="Summary" error={errors.summary?.message}>
            {(ids) => <textarea className="input c-reason" rows={3} {...ids} {...form.register('summary')} />}
          </Field>
        </fieldset>
        <fieldset className="e-section">
          <legend>Whom it hits</legend>
          <ScopeFields services={services} />
        </fieldset>
      </form>
      <footer className="e-bar">
        <p role="alert">{message}</p>
        <Link href="/incidents" className="btn btn-quiet">
          Cancel
        </Link>
        <button type="button" className="btn btn-primary" disabled={busy} onClick={send}>
          {busy ? 'Opening …' : 'Open the incident'}
        </button>
      </footer>
    </FormProvider>
  )
}
