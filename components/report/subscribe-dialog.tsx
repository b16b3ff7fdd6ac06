'use client'
import { type FormEvent, useState } from 'react'
import { subscribeNow, unsubscribeNow } from '@/app/(portal)/reports/actions'
import { useCommand } from '@/components/decision/use-command'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import type { Subscription } from '@/lib/report/reads-subscriptions'
import { ALL_SERVICES } from './address'

type Named = { slug: string; name: string }
type Props = {
  subscriptions: Subscription[]
  services: Named[]
  teams: Named[]
  /** may name addresses of others */
  others: boolean
  /** what is chosen at first; null: the organisation */
  preset: string | null
}

/** Who gets which reports by mail when they are there. */
export function SubscribeDialog(props: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="btn btn-sm" onClick={() => setOpen(true)}>
        Subscribe
      </button>
      <Dialog open={open} onOpenChange={setOpen} title="Reports by mail">
        <Subscribing {...props} />
      </Dialog>
    </>
  )
}

function Subscribing({ subscriptions, services, teams, others, preset }: Props) {
  const { run, busy, message } = useCommand()
  const [done, setDone] = useState('')
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setDone('')
    const data = new FormData(event.currentTarget)
    const [kind, slug = ''] = String(data.get('of')).split(':')
    const address = String(data.get('address') ?? '').trim() || null
    const result = await run(() =>
      subscribeNow({ address, service: kind === 'service' ? slug : null, team: kind === 'team' ? slug : null }),
    )
    if (result?.ok) setDone(address === null ? 'You get the next one.' : `${address} gets the next one.`)
  }
  return (
    <>
      <form className="e-conflict" onSubmit={add}>
        <p>Each report comes as a mail with its file when it is built, and again when its month was corrected.</p>
        <Field label="Of">
          {(ids) => (
            <select className="input" name="of" defaultValue={preset === null ? 'all' : `service:${preset}`} {...ids}>
              <option value="all">{ALL_SERVICES}</option>
              <optgroup label="Services of a team">
                {teams.map(({ slug, name }) => (
                  <option key={slug} value={`team:${slug}`}>
                    {name}
                  </option>
                ))}
              </optgroup>
              <optgroup label="One service">
                {services.map(({ slug, name }) => (
                  <option key={slug} value={`service:${slug}`}>
                    {name}
                  </option>
                ))}
              </optgroup>
            </select>
          )}
        </Field>
        {others ? (
          <Field label="Address" hint="Empty: your own.">
            {(ids) => <input className="input" name="address" type="email" autoComplete="off" {...ids} />}
          </Field>
        ) : null}
        {message ? <p role="alert">{message}</p> : null}
        <p role="status">{done}</p>
        <div className="e-choices">
          <button type="submit" className="btn btn-primary" disabled={busy}>
            Subscribe
          </button>
        </div>
      </form>
      {subscriptions.length > 0 ? (
        <ul className="r-readers" aria-label="Subscriptions">
          {subscriptions.map(({ id, reader, mine, service, team }) => (
            <li key={id}>
              <span>
                <b>{mine ? 'You' : reader}</b> {service?.name ?? (team ? `services of ${team.name}` : ALL_SERVICES)}
              </span>
              <button
                type="button"
                className="btn btn-quiet btn-sm"
                disabled={busy}
                aria-label={`End the subscription of ${mine ? 'yours' : reader} to ${service?.name ?? team?.name ?? ALL_SERVICES}`}
                onClick={() => void run(() => unsubscribeNow({ id }))}
              >
                End
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}
