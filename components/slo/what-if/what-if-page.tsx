'use client'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useState } from 'react'
import { updateNow } from '@/app/(portal)/slos/actions'
import { ConflictDialog } from '@/components/ui/conflict-dialog'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { Saved } from '@/lib/slo/commands-define'
import { changesBetween } from '@/lib/slo/definition-diff'
import type { WhatIfStart } from '@/lib/slo/reads-what-if'
import { WhatIfRefused, whatIfQuery } from '@/lib/slo/what-if-query-options'
import { WhatIfFields } from './what-if-fields'
import { changeOf, definitionWith, fieldOf, formOf, messagesOf, type WhatIfForm } from './what-if-form'
import { WhatIfResult } from './what-if-result'

type Conflict = Extract<Saved, { kind: 'conflict' }>

const LOST = 'The portal does not answer. Nothing was saved; try again in a minute.'
const PAUSE = 400

/** Other rules on real history, without saving anything, and the way to save them. */
export function WhatIfPage({ start, may }: { start: WhatIfStart; may: boolean }) {
  const { id, lifecycle } = start
  const router = useRouter()
  const ready = useHydrated()
  const [record, setRecord] = useState(start.definition)
  const [version, setVersion] = useState(start.version)
  const [form, setForm] = useState<WhatIfForm>(() => formOf(start.definition))
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const latency = record.indicator.kind === 'latency'
  const change = useMemo(() => changeOf(form, latency), [form, latency])
  const own = useMemo(() => messagesOf(change), [change])
  const sound = Object.keys(own).length === 0
  const asked = useRested(sound ? change : null)
  const { data, error, isFetching } = useQuery({ ...whatIfQuery(id, asked), placeholderData: (previous) => previous })
  const refused = error instanceof WhatIfRefused ? error.issues.map(({ path, message: text }) => [fieldOf(path), text]) : []
  const messages = { ...Object.fromEntries(refused), ...own }
  const changes = sound ? changesBetween(record, definitionWith(record, change)) : []
  const save = async (over = version) => {
    setBusy(true)
    setMessage('')
    try {
      const definition = definitionWith(record, change)
      const saved = await updateNow({ id, version: over, definition, lifecycle, past: 'measure-again' })
      if (!saved.ok) return setMessage(saved.message)
      if (saved.data.kind === 'conflict') return setConflict(saved.data)
      router.push(`/slos/${id}`)
    } catch {
      setMessage(LOST)
    } finally {
      setBusy(false)
    }
  }
  const onTheirs = ({ definition, version: theirs }: Conflict) => {
    setRecord(definition)
    setForm({ ...formOf(definition), exclusions: form.exclusions })
    setVersion(theirs)
    setConflict(null)
  }
  const onMine = ({ version: theirs }: Conflict) => {
    setVersion(theirs)
    setConflict(null)
    void save(theirs)
  }
  return (
    <>
      {error && refused.length === 0 ? <Notice>{error.message}</Notice> : null}
      <form className="editor w-page" onSubmit={(event) => event.preventDefault()} noValidate>
        <fieldset className="e-form" disabled={!ready}>
          <WhatIfFields
            {...{ form, messages }}
            indicator={record.indicator}
            sourceId={start.sourceId}
            mayAsk={may}
            onChange={(next) => setForm((known) => ({ ...known, ...next }))}
          />
        </fieldset>
        <WhatIfResult result={data ?? start.result} pending={isFetching} of={`${record.service}, ${record.name}`} />
      </form>
      <footer className="e-bar">
        <p role="alert">{message}</p>
        <span className="e-quiet">{changes.length > 0 ? changes.join('; ') : 'Nothing of the definition is changed.'}</span>
        <Link href={`/slos/${id}`} className="btn btn-quiet">
          Back
        </Link>
        {may ? (
          <button
            type="button"
            className="btn btn-primary"
            disabled={busy || changes.length === 0}
            title={changes.length === 0 ? 'Exclusions are asked for as corrections; only rules are saved here' : undefined}
            onClick={() => save()}
          >
            {busy ? 'Saving …' : 'Save as a new version'}
          </button>
        ) : null}
      </footer>
      <ConflictDialog conflict={conflict} onTheirs={onTheirs} onMine={onMine} onClose={() => setConflict(null)} />
    </>
  )
}

/** A value once it has not changed for a moment. */
function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), PAUSE)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
