'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { estimateNow } from '@/app/(portal)/priorities/actions'
import { Field } from '@/components/ui/field'
import type { FieldIssue } from '@/lib/errors'
import type { PriorityRow } from '@/lib/priority/schema'

type Props = { row: PriorityRow; people: { id: string; name: string }[] }

/** Owner, tracker and note of a gap. */
export function EstimateForm({ row: { slo, owner, link, note, version }, people }: Props) {
  const router = useRouter()
  const [issues, setIssues] = useState<FieldIssue[]>([])
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const said = { owner: String(form.get('owner')) || null, link: String(form.get('link')), note: String(form.get('note')) }
    setBusy(true)
    const result = await estimateNow({ slo: slo.id, version, ...said }).catch(() => null)
    setBusy(false)
    setIssues(result && !result.ok ? result.issues : [])
    if (!result) setMessage('The portal does not answer. Nothing was changed; try again in a minute.')
    else setMessage(result.ok ? '' : result.message)
    if (result?.ok || result?.status === 409) router.refresh()
  }
  const errorAt = (field: string) => issues.find(({ path }) => path === field)?.message
  return (
    <form className="pr-form" noValidate onSubmit={save}>
      <Field label="Owner" error={errorAt('owner')}>
        {(ids) => (
          <select className="input" name="owner" defaultValue={owner?.id ?? ''} {...ids}>
            <option value="">Nobody</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="In the tracker" error={errorAt('link')}>
        {(ids) => <input className="input" type="url" name="link" defaultValue={link} placeholder="https://" {...ids} />}
      </Field>
      <Field label="Note" error={errorAt('note')}>
        {(ids) => <textarea className="input c-reason" name="note" rows={2} defaultValue={note} {...ids} />}
      </Field>
      <div className="e-choices">
        <button type="submit" className="btn btn-sm" disabled={busy}>
          {busy ? 'Saving …' : 'Save'}
        </button>
        <p role="alert">{issues.length > 0 ? '' : message}</p>
      </div>
    </form>
  )
}
