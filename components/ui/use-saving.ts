import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type FieldValues, get, type Path, type Resolver, set, type UseFormReturn } from 'react-hook-form'
import { useHydrated } from './use-hydrated'

type Issue = { path: string; message: string }
type Result<T> = { ok: true; data: T } | { ok: false; message: string; issues: Issue[] }
type Told = { kind: 'conflict'; version: number; author: string; changes: string[] }
type Schema = {
  safeParse: (input: unknown) => { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined }
}

const LOST = 'The portal does not answer. Nothing was saved; try again in a minute.'

/** Checks a draft by the schema that the server parses it with. `fieldOf`: which field of the form a path of the input is at. */
export const resolverOf =
  <Draft extends FieldValues>(
    schema: Schema,
    inputOf: (draft: Draft) => unknown,
    fieldOf: (path: string) => string = (path) => path,
  ): Resolver<Draft> =>
  (draft) => {
    const parsed = schema.safeParse(inputOf(draft))
    if (parsed.success) return { values: draft, errors: {} }
    const errors = {}
    for (const { path, message } of parsed.error?.issues ?? []) {
      const field = fieldOf(path.join('.'))
      if (!get(errors, field)) set(errors, field, { type: 'schema', message })
    }
    return { values: {}, errors }
  }

type Saving<Draft extends FieldValues, Input, Conflict extends Told> = {
  form: UseFormReturn<Draft>
  stored: { slug: string; version: number } | null
  inputOf: (draft: Draft) => Input
  fieldOf: (path: string) => string
  create: (input: Input) => Promise<Result<{ slug: string }>>
  update: (of: { slug: string; version: number }, input: Input) => Promise<Result<{ kind: 'saved'; slug: string } | Conflict>>
  /** what somebody else saved meanwhile, to go on from */
  draftOf: (conflict: Conflict) => Draft
  /** where the saved one is shown */
  addressOf: (slug: string) => string
  /** goes to a field that the server refuses */
  focus?: boolean
}

/** Saves a form under the version that was read: refusals stand at their fields, and whoever comes second chooses. */
export function useSaving<Draft extends FieldValues, Input, Conflict extends Told>({
  form,
  stored,
  inputOf,
  fieldOf,
  create,
  update,
  draftOf,
  addressOf,
  focus = false,
}: Saving<Draft, Input, Conflict>) {
  const router = useRouter()
  const ready = useHydrated()
  const [version, setVersion] = useState(stored?.version ?? 0)
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const [conflict, setConflict] = useState<Conflict | null>(null)

  const refused = (result: { issues: Issue[]; message: string }) => {
    for (const { path, message: words } of result.issues)
      form.setError(fieldOf(path) as Path<Draft>, { type: 'server', message: words }, { shouldFocus: focus })
    setMessage(result.message)
  }
  const save = async (over = version) => {
    setMessage('')
    if (!(await form.trigger(undefined, { shouldFocus: true }))) return setMessage('Correct what is marked, then save again.')
    setBusy(true)
    const input = inputOf(form.getValues())
    try {
      if (!stored) {
        const result = await create(input)
        return result.ok ? router.push(addressOf(result.data.slug)) : refused(result)
      }
      const result = await update({ slug: stored.slug, version: over }, input)
      if (!result.ok) return refused(result)
      if (result.data.kind === 'conflict') return setConflict(result.data)
      router.push(addressOf(result.data.slug))
    } catch {
      setMessage(LOST)
    } finally {
      setBusy(false)
    }
  }
  const goOnFrom = (theirs: Conflict) => {
    setVersion(theirs.version)
    setConflict(null)
  }
  const onTheirs = (theirs: Conflict) => {
    form.reset(draftOf(theirs))
    goOnFrom(theirs)
  }
  const onMine = (theirs: Conflict) => {
    goOnFrom(theirs)
    void save(theirs.version)
  }
  // What is typed before the page listens would be lost: fields are closed until then.
  return { ready, message, busy, save: () => save(), choice: { conflict, onTheirs, onMine, onClose: () => setConflict(null) } }
}
