'use client'
import { FormProvider, useForm } from 'react-hook-form'
import { createServiceNow, updateServiceNow } from '@/app/(portal)/services/actions'
import { ConflictDialog } from '@/components/ui/conflict-dialog'
import { EditorBar } from '@/components/ui/editor-bar'
import { useSaving } from '@/components/ui/use-saving'
import type { ServiceSaved } from '@/lib/service/commands'
import { draftOfService, fieldOfServicePath, type ServiceDraft } from '@/lib/service/draft'
import type { ServiceStart } from '@/lib/service/reads-editor'
import { ContextFields } from './context-fields'
import { DependencyFields } from './dependency-fields'
import { FactFields } from './fact-fields'
import { IdentityFields } from './identity-fields'
import { LinkFields } from './link-fields'
import { LiveAdvice } from './live-advice'
import { ManagedNotice } from './managed-notice'
import { OwnerFields } from './owner-fields'
import { SaidByFiles } from './service-field'
import { definitionOfDraft, serviceResolver } from './service-form'

type Conflict = Extract<ServiceSaved, { kind: 'conflict' }>

/** One form for new and stored services: left what people say, right the tier that follows from it. */
export function ServiceEditor({ start }: { start: ServiceStart }) {
  const form = useForm<ServiceDraft>({ defaultValues: start.draft, resolver: serviceResolver, mode: 'onTouched' })
  const { stored, managed } = start
  const addressOf = (slug: string) => `/services/${slug}`
  const { choice, ...saving } = useSaving({
    ...{ form, stored, addressOf, inputOf: definitionOfDraft, focus: true },
    fieldOf: (path) => fieldOfServicePath(path.replace(/^definition\./, '')),
    create: (definition) => createServiceNow({ definition }),
    update: (read, definition) => updateServiceNow({ ...read, definition }),
    draftOf: ({ definition }: Conflict) => draftOfService(definition),
  })
  return (
    <FormProvider {...form}>
      {managed && stored ? <ManagedNotice slug={stored.slug} name={start.draft.name} managed={managed} /> : null}
      <form className="editor" onSubmit={(event) => event.preventDefault()} noValidate>
        <SaidByFiles value={managed?.fields ?? []}>
          <fieldset className="e-form" disabled={!saving.ready}>
            <IdentityFields isNew={!stored} />
            <FactFields />
            <OwnerFields teams={start.teams} people={start.people} />
            <DependencyFields services={start.services} />
            <ContextFields />
            <LinkFields />
          </fieldset>
        </SaidByFiles>
        <LiveAdvice dependants={start.dependants} />
      </form>
      <EditorBar
        {...saving}
        label={stored ? 'Save new version' : 'Create the service'}
        back={stored ? addressOf(stored.slug) : '/services'}
        onSave={saving.save}
      />
      <ConflictDialog {...choice} />
    </FormProvider>
  )
}
