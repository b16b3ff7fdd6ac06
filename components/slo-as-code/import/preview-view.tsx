'use client'
import { useState } from 'react'
import { importNow } from '@/app/(portal)/slos/import/actions'
import type { ImportChoices, Imported, ImportStart } from '@/lib/slo-as-code/import-schema'
import { ChoicesPanel } from './choices-panel'
import { countText } from './fault-counts'
import { type ImportFile, sentOf } from './import-file'
import { PlanPanel } from './plan-panel'
import { canTake, groupsOf } from './plan-rows'
import type { Preview } from './use-preview'

type Props = {
  files: ImportFile[]
  start: ImportStart
  choices: ImportChoices
  preview: Preview
  onChoices: (choices: ImportChoices) => void
  onPlace: (place: { file: string; line: number }) => void
  onDone: (imported: Imported) => void
}

const LOST = 'The portal does not answer. Look whether it was saved before you try again.'

/** What would be saved, with a choice of what is taken, and the button that does it. */
export function PreviewView({ files, start, choices, preview, onChoices, onPlace, onDone }: Props) {
  const [left, setLeft] = useState<Set<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const [message, setMessage] = useState('')
  const { plan } = preview
  const only = (plan ? groupsOf(plan) : []).flatMap(({ slos }) =>
    slos.filter((slo) => canTake(slo) && !left.has(slo.key)).map(({ key }) => key),
  )
  const take = (keys: string[], wanted: boolean) =>
    setLeft((before) => {
      const next = new Set(before)
      for (const key of keys)
        if (wanted) next.delete(key)
        else next.add(key)
      return next
    })
  const save = async () => {
    if (!plan) return
    setBusy(true)
    setMessage('')
    const answer = await importNow({ files: sentOf(files), choices, only, expect: plan.fingerprint }).catch(() => null)
    setBusy(false)
    if (answer?.ok) return onDone(answer.data)
    setMessage(answer?.message ?? LOST)
    if (answer?.status === 409) preview.again()
  }
  return (
    <>
      <div className="import-columns">
        <PlanPanel {...{ files, preview, left, onTake: take, onPlace }} />
        <ChoicesPanel {...{ plan, choices, start, onChoices }} />
      </div>
      <footer className="e-bar import-bar">
        <p role="alert">{message}</p>
        <button type="button" className="btn btn-primary" disabled={busy || !preview.fresh || only.length === 0} onClick={save}>
          {busy ? 'Saving …' : only.length === 0 ? 'Nothing to save' : `Save ${countText(only.length, 'SLO')}`}
        </button>
      </footer>
    </>
  )
}
