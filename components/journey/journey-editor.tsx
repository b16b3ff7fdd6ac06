'use client'
import { FormProvider, useForm } from 'react-hook-form'
import { createJourneyNow, updateJourneyNow } from '@/app/(portal)/journeys/actions'
import { ConflictDialog } from '@/components/ui/conflict-dialog'
import { EditorBar } from '@/components/ui/editor-bar'
import { resolverOf, useSaving } from '@/components/ui/use-saving'
import type { SavedJourney } from '@/lib/journey/commands'
import { draftOfJourney, inputOfDraft, type JourneyDraft } from '@/lib/journey/draft'
import { journeySchema } from '@/lib/journey/schema'
import { JourneyFields } from './journey-fields'
import { StepFields } from './step-fields'

type Conflict = Extract<SavedJourney, { kind: 'conflict' }>
const resolver = resolverOf(journeySchema, inputOfDraft)

type Props = { start: JourneyDraft; stored: { slug: string; version: number } | null }

/** A journey as a form: what it is for, and its steps in order. */
export function JourneyEditor({ start, stored }: Props) {
  const form = useForm<JourneyDraft>({ defaultValues: start, resolver, mode: 'onTouched' })
  const addressOf = (slug: string) => `/journeys/${slug}`
  const { choice, ...saving } = useSaving({
    ...{ form, stored, addressOf, inputOf: inputOfDraft },
    fieldOf: (path) => path.replace(/^journey\./, ''),
    create: createJourneyNow,
    update: (read, journey) => updateJourneyNow({ ...read, journey }),
    draftOf: ({ journey }: Conflict) => draftOfJourney(journey),
  })
  return (
    <FormProvider {...form}>
      <form className="editor j-editor" onSubmit={(event) => event.preventDefault()} noValidate>
        <fieldset className="j-both" disabled={!saving.ready}>
          <JourneyFields isNew={stored === null} />
          <StepFields />
        </fieldset>
      </form>
      <EditorBar {...saving} label="Save the journey" back={stored ? addressOf(stored.slug) : '/journeys'} onSave={saving.save} />
      <ConflictDialog {...choice} />
    </FormProvider>
  )
}
