'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormProvider, useForm } from 'react-hook-form'
import { createServiceNow, updateServiceNow } from '@/app/(portal)/services/actions'
import { ConflictDialog } from '@/components/ui/conflict-dialog'
import type { ActionResult } from '@/lib/action'
import type { ServiceSaved } from '@/lib/service/commands'
import { draftOfService, fieldOfServicePath, type ServiceDraft } from '@/lib/service/draft'
import type { ServiceStart } from '@/lib/service/reads-editor'
import { ContextFields } from './context-fields'
import { DependencyFields } from './dependency-fields'
import { FactFields } from './fact-fields'
import { IdentityFields } from './identity-fields'
import { LinkFields } from './link-fields'
import { LiveAdvice } from './live-advice'
import { OwnerFields } from './owner-fields'
import { ServiceBar } from './service-bar'
import { definitionOfDraft, serviceResolver } from './service-form'

const LOST = 'The portal does not answer. Nothing was saved; try again in a minute.'
type Conflict = Extract<ServiceSaved, { kind: 'conflict' }>

/** One form for new and stored services: left what people say, right the tier that follows from it. */
export function ServiceEditor({ start }: { start: ServiceStart }) {
  const router = useRouter()
  const form = useForm<ServiceDraft>({ defaultValues: start.draft, resolver: serviceResolver, mode: 'onTouched' })
  const [version, setVersion] = useState(start.stored?.version ?? 0)
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const [conflict, setConflict] = useState<Conflict | null>(null)

  const refuse = ({ issues, message: text }: Extract<ActionResult<never>, { ok: false }>) => {
    for (const { path, message: words } of issues) {
      const field = fieldOfServicePath(path.replace(/^definition\./, ''))
      form.setError(field as keyof ServiceDraft, { type: 'server', message: words }, { shouldFocus: true })
    }
    setMessage(text)
  }
  const save = async (over = version) => {
    setMessage('')
    if (!(await form.trigger(undefined, { shouldFocus: true }))) return setMessage('Correct what is marked, then save again.')
    setBusy(true)
    try {
      const definition = definitionOfDraft(form.getValues())
      if (start.stored) {
        const result = await updateServiceNow({ slug: start.stored.slug, version: over, definition })
        if (!result.ok) return refuse(result)
        if (result.data.kind === 'conflict') return setConflict(result.data)
        return router.push(`/services/${result.data.slug}`)
      }
      const result = await createServiceNow({ definition })
      if (!result.ok) return refuse(result)
      router.push(`/services/${result.data.slug}`)
    } catch {
      setMessage(LOST)
    } finally {
      setBusy(false)
    }
  }
  const onTheirs = (theirs: Conflict) => {
    form.reset(draftOfService(theirs.definition))
    setVersion(theirs.version)
    setConflict(null)
  }
  const onMine = (theirs: Conflict) => {
    setVersion(theirs.version)
    setConflict(null)
    void save(theirs.version)
  }
  return (
    <FormProvider {...form}>
      <form className="editor" onSubmit={(event) => event.preventDefault()} noValidate>
        <div className="e-form">
          <IdentityFields isNew={!start.stored} />
          <FactFields />
          <OwnerFields teams={start.teams} people={start.people} />
          <DependencyFields services={start.services} />
          <ContextFields />
          <LinkFields />
        </div>
        <LiveAdvice dependants={start.dependants} />
      </form>
      <ServiceBar
        isNew={!start.stored}
        busy={busy}
        message={message}
        back={start.stored ? `/services/${start.stored.slug}` : '/services'}
        onSave={() => save()}
      />
      <ConflictDialog conflict={conflict} onTheirs={onTheirs} onMine={onMine} onClose={() => setConflict(null)} />
    </FormProvider>
  )
}
