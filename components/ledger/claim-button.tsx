'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { claimableNow, claimNow } from '@/app/(portal)/slos/[id]/ledger/actions'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Link } from '@/components/ui/link'
import { instantText, lengthText } from '@/lib/format-time'
import type { Claimable } from '@/lib/ledger/reads-claimable'
import type { Period } from '@/lib/slo/window'
import type { UnixSeconds } from '@/lib/time-series/units'

type Props = { sloId: number; stretch: Period; now: UnixSeconds }

/** Gives a stretch that nobody answers for to an incident, or opens one for it. */
export function ClaimButton({ sloId, stretch: { from, to }, now }: Props) {
  const router = useRouter()
  const [choices, setChoices] = useState<Claimable[] | null>(null)
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const ask = async () => {
    setBusy(true)
    const found = await claimableNow({ from, to })
    setBusy(false)
    if (found.ok) setChoices(found.data)
    setMessage(found.ok ? '' : found.message)
  }
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const incidentId = Number(new FormData(event.currentTarget).get('incident'))
    setBusy(true)
    const result = await claimNow({ incidentId, sloId, from, to })
    setBusy(false)
    if (!result.ok) return setMessage(result.message)
    setChoices(null)
    router.refresh()
  }
  return (
    <>
      <button type="button" className="btn btn-sm" onClick={ask} disabled={busy}>
        Claim
      </button>
      <Dialog open={choices !== null} onOpenChange={() => setChoices(null)} title="Who spent this?">
        <p>
          {instantText(from, now)}, {lengthText(to - from)}. The incident gets this stretch of the budget as its own; it says so
          on its timeline.
        </p>
        {choices && choices.length > 0 ? (
          <form className="e-conflict" onSubmit={send}>
            <Field label="Incident" error={message || undefined}>
              {(ids) => (
                <select className="input" name="incident" {...ids}>
                  {choices.map(({ id, title, startedAt }) => (
                    <option key={id} value={id}>
                      INC-{id} {title}, {instantText(startedAt, now)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <div className="e-choices">
              <button type="submit" className="btn btn-primary" disabled={busy}>
                Claim for this incident
              </button>
              <Link className="btn" href={newIncident(sloId, from, to)}>
                Open a new incident
              </Link>
            </div>
          </form>
        ) : (
          <div className="e-choices">
            <p>There is no incident within three days of it.</p>
            <Link className="btn btn-primary" href={newIncident(sloId, from, to)}>
              Open a new incident
            </Link>
          </div>
        )}
      </Dialog>
    </>
  )
}

const newIncident = (sloId: number, from: UnixSeconds, to: UnixSeconds): string =>
  `/incidents/new?slo=${sloId}&from=${from}&to=${to}`
