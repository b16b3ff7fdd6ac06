'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { buildNow } from '@/app/(portal)/reports/actions'
import { useCommand } from '@/components/decision/use-command'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { monthName } from '@/lib/report/month'
import { ALL_SERVICES, reportAddress } from './address'

type Props = {
  services: { slug: string; name: string }[]
  /** that are over, the newest first */
  months: string[]
}

/** Builds the report of a month that is over, and goes there. */
export function BuildDialog({ services, months }: Props) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const { run, busy, message } = useCommand()
  const build = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const [service, month] = [String(data.get('service')) || null, String(data.get('month'))]
    const result = await run(() => buildNow({ service, month }))
    if (result?.ok) router.push(reportAddress(service, month))
  }
  return (
    <>
      <button type="button" className="btn btn-sm" onClick={() => setOpen(true)}>
        Build a report
      </button>
      <Dialog open={open} onOpenChange={setOpen} title="Build a report">
        <form className="e-conflict" onSubmit={build}>
          <p>
            Reports are built by themselves when a month is over, and again when it was corrected. A month that says the same as
            before stays as it is; else it becomes the next revision.
          </p>
          <Field label="Of">
            {(ids) => (
              <select className="input" name="service" {...ids}>
                <option value="">{ALL_SERVICES}</option>
                {services.map(({ slug, name }) => (
                  <option key={slug} value={slug}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Month">
            {(ids) => (
              <select className="input" name="month" {...ids}>
                {months.map((month) => (
                  <option key={month} value={month}>
                    {monthName(month)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {message ? <p role="alert">{message}</p> : null}
          <div className="e-choices">
            <button type="submit" className="btn btn-primary" disabled={busy}>
              Build the report
            </button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
