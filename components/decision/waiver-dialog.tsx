'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { askWaiverNow } from '@/app/(portal)/waivers/actions'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { requestName } from '@/lib/decision/words'
import { fieldOf, instantInput } from '@/lib/incident/draft'
import { ceilTo, DAY, HOUR, type UnixSeconds } from '@/lib/time-series/units'

type Service = { slug: string; name: string }
type Props = {
  /** the one it is for; several: one is chosen */
  service: Service | Service[]
  request: number | null
  now: UnixSeconds
  onClose: () => void
}
const LOST = 'The portal does not answer. Nothing was asked; try again in a minute.'

/** Asks two people to open what is blocked: why, until when, and how much of the budget it may cost. */
export function WaiverDialog({ service, request, now, onClose }: Props) {
  const router = useRouter()
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const choices = Array.isArray(service) ? service : null
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const field = (name: string) => String(data.get(name) ?? '')
    const percent = Number(field('budgetLimit').replace(',', '.'))
    setBusy(true)
    try {
      const result = await askWaiverNow({
        service: choices ? field('service') : (service as Service).slug,
        request: field('only') === 'on' ? request : null,
        reason: field('reason'),
        until: instantInput(field('until')) ?? '',
        budgetLimit: Number((percent / 100).toPrecision(12)),
      })
      if (result.ok) {
        onClose()
        if (request === null) router.push(`/waivers/${result.data.id}`)
        return router.refresh()
      }
      setErrors(Object.fromEntries(result.issues.map(({ path, message: words }) => [path, words])))
      setMessage(result.issues.length > 0 ? 'Correct what is marked, then ask again.' : result.message)
    } catch {
      setMessage(LOST)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())} title="Ask for a waiver">
      <form className="e-conflict" noValidate onSubmit={send}>
        <p>
          While it holds, a block or a wait{choices ? '' : ` of ${(service as Service).name}`} is a review. Two people sign it,
          neither of them you; it ends by itself.
        </p>
        {choices ? (
          <Field label="Service" error={errors.service}>
            {(ids) => (
              <select className="input" name="service" {...ids}>
                {choices.map(({ slug, name }) => (
                  <option key={slug} value={slug}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
        ) : null}
        <Field label="Why" error={errors.reason} hint="The next review reads it.">
          {(ids) => <textarea className="input c-reason" rows={3} name="reason" {...ids} />}
        </Field>
        <div className="e-pair">
          <Field label="Until (UTC)" error={errors.until}>
            {(ids) => (
              <input
                className="input"
                type="datetime-local"
                name="until"
                defaultValue={fieldOf(ceilTo(now + DAY, HOUR))}
                {...ids}
              />
            )}
          </Field>
          <Field label="May spend, % of the budget" error={errors.budgetLimit} hint="It ends when that has gone.">
            {(ids) => <input className="input" inputMode="decimal" name="budgetLimit" defaultValue="5" {...ids} />}
          </Field>
        </div>
        {request === null ? null : (
          <label className="check">
            <input type="checkbox" name="only" defaultChecked />
            <span>Only for {requestName(request)}</span>
          </label>
        )}
        <p role="alert">{message}</p>
        <div className="e-choices">
          <button type="submit" className="btn btn-primary" disabled={busy}>
            {busy ? 'Asking …' : 'Ask for the waiver'}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
