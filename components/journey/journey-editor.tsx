'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormProvider, get, type Resolver, set, useForm } from 'react-hook-form'
import { createJourneyNow, updateJourneyNow } from '@/app/(portal)/journeys/actions'
import { ConflictDialog } from '@/components/ui/conflict-dialog'
import type { SavedJourney } from '@/lib/journey/commands'
import { draftOfJourney, inputOfDraft, type JourneyDraft } from '@/lib/journey/draft'
import { journeySchema } from '@/lib/journey/schema'
import { JourneyFields } from './journey-fields'
import { StepFields } from './step-fields'

const LOST = 'The portal does not answer. Nothing was saved; try again in a minute.'
type Conflict = Extract<SavedJourney, { kind: 'conflict' }>

const resolver: Resolver<JourneyDraft> = (draft) => {
  const parsed = journeySchema.safeParse(inputOfDraft(draft))
  if (parsed.success) return { values: draft, errors: {} }
  const errors = {}
  for (const { path, message } of parsed.error.issues)
    if (!get(errors, path.join('.'))) set(errors, path.join('.'), { type: 'schema', message })
  return { values: {}, errors }
}

type Props = { start: JourneyDraft; stored: { slug: string; version: number } | null }

/** A journey as a form: what it is for, and its steps in order. */
export function JourneyEditor({ start, stored }: Props) {
  const router = useRouter()
  const form = useForm<JourneyDraft>({ defaultValues: start, resolver, mode: 'onTouched' })
  const [version, setVersion] = useState(stored?.version ?? 0)
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const [conflict, setConflict] = useState<Conflict | null>(null)

  const refused = (result: { issues: { path: string; message: string }[]; message: string }) => {
    for (const { path, message: words } of result.issues)
      form.setError(path.replace(/^journey\./, '') as keyof JourneyDraft, { type: 'server', message: words })
    setMessage(result.message)
  }
  const save = async (over = version) => {
    setMessage('')
    if (!(await form.trigger(undefined, { shouldFocus: true }))) return setMessage('Correct what is marked, then save again.')
    setBusy(true)
    const journey = inputOfDraft(form.getValues())
    try {
      if (!stored) {
        const result = await createJourneyNow(journey)
        return result.ok ? router.push(`/journeys/${result.data.slug}`) : refused(result)
      }
      const result = await updateJourneyNow({ slug: stored.slug, version: over, journey })
      if (!result.ok) return refused(result)
      if (result.data.kind === 'conflict') return setConflict(result.data)
      router.push(`/journeys/${result.data.slug}`)
    } catch {
      setMessage(LOST)
    } finally {
      setBusy(false)
    }
  }
  const onTheirs = ({ journey, version: theirs }: Conflict) => {
    form.reset(draftOfJourney(journey))
    setVersion(theirs)
    setConflict(null)
  }
  const onMine = ({ version: theirs }: Conflict) => {
    setVersion(theirs)
    setConflict(null)
    void save(theirs)
  }
  return (
    <FormProvider {...form}>
      <form className="editor j-editor" onSubmit={(event) => event.preventDefault()} noValidate>
        <JourneyFields isNew={stored === null} />
        <StepFields />
      </form>
      <footer className="e-bar">
        <p role="alert">{message}</p>
        <Link href={stored ? `/journeys/${stored.slug}` : '/journeys'} className="btn btn-quiet">
          Cancel
        </Link>
        <button type="button" className="btn btn-primary" disabled={busy} onClick={() => save()}>
          {busy ? 'Saving …' : 'Save the journey'}
        </button>
      </footer>
      <ConflictDialog conflict={conflict} onTheirs={onTheirs} onMine={onMine} onClose={() => setConflict(null)} />
    </FormProvider>
  )
}
