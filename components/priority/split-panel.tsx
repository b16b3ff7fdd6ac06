'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { savePlanNow } from '@/app/(portal)/planning/actions'
import { Field } from '@/components/ui/field'
import { useHydrated } from '@/components/ui/use-hydrated'
import { ceiled } from '@/lib/format'
import { dayText } from '@/lib/format-time'
import type { Planning, StoredPlan } from '@/lib/priority/planning'
import { pointsText, splitText } from '@/lib/priority/planning-words'
import { quarterText } from '@/lib/priority/quarter'
import type { UnixSeconds } from '@/lib/time-series/units'

type Props = { view: Planning; may: boolean; now: UnixSeconds }

/** How the next quarter could be shared between features and reliability, why, and what was agreed. */
export function SplitPanel({ view: { team, next, proposal, plan, agreed }, may, now }: Props) {
  return (
    <section className="panel d-panel" aria-labelledby="split-title">
      <header className="d-panel-head">
        <h2 id="split-title">Split for {quarterText(next)}</h2>
        <span>of the working time</span>
      </header>
      <p className="pl-split">
        Proposed: <b>{splitText(proposal.reliability)}</b>
      </p>
      <ul className="pl-reasons">
        {proposal.reasons.map(({ points, text }) => (
          <li key={text}>
            <span className="num">{pointsText(points)}</span> {text}
          </li>
        ))}
        {proposal.sum === proposal.reliability * 100 ? null : (
          <li>
            <span className="num">= {ceiled(proposal.sum, 1)} %</span> Up to the next 5 %, between 20 and 80 %.
          </li>
        )}
      </ul>
      {agreed ? <Agreed plan={agreed} now={now} /> : null}
      {plan ? <Agreed plan={plan} now={now} /> : <p className="pr-words">Nothing is agreed for {quarterText(next)} yet.</p>}
      {may ? <SplitForm team={team.slug} quarter={next} plan={plan} proposed={proposal.reliability} /> : null}
    </section>
  )
}

const Agreed = ({ plan, now }: { plan: StoredPlan; now: UnixSeconds }) => (
  <p className="pr-words">
    Agreed for {quarterText(plan.quarter)}: <b>{splitText(plan.reliability)}</b>. {plan.by}, {dayText(plan.at, now)}.
    {plan.note ? ` “${plan.note}”` : ''}
  </p>
)

type FormProps = { team: string; quarter: string; plan: StoredPlan | null; proposed: number }

function SplitForm({ team, quarter, plan, proposed }: FormProps) {
  const router = useRouter()
  const ready = useHydrated()
  const [error, setError] = useState<{ path: string; message: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = String(form.get('reliability')).trim()
    const reliability = text === '' ? Number.NaN : Number(text) / 100
    const input = { team, quarter, version: plan?.version ?? 0, reliability, note: String(form.get('note')) }
    setBusy(true)
    const result = await savePlanNow(input).catch(() => null)
    setBusy(false)
    if (!result) return setError({ path: '', message: 'The portal does not answer. Nothing was saved; try again in a minute.' })
    if (!result.ok) setError(result.issues[0] ?? { path: '', message: result.message })
    else setError(null)
    if (result.ok || result.status === 409) router.refresh()
  }
  const errorAt = (path: string) => (error?.path === path ? error.message : undefined)
  const start = Number(((plan?.reliability ?? proposed) * 100).toFixed(2))
  return (
    <form className="pl-form" noValidate onSubmit={save}>
      <Field label="For reliability, %" error={errorAt('reliability')}>
        {(ids) => (
          <input className="input num" inputMode="decimal" name="reliability" defaultValue={start} disabled={!ready} {...ids} />
        )}
      </Field>
      <Field label="Note" error={errorAt('note')}>
        {(ids) => <textarea className="input c-reason" name="note" rows={2} defaultValue={plan?.note ?? ''} {...ids} />}
      </Field>
      <div className="e-choices">
        <button type="submit" className="btn btn-sm btn-primary" disabled={busy || !ready}>
          {busy ? 'Saving …' : 'Save what was agreed'}
        </button>
        <p role="alert">{error && !['reliability', 'note'].includes(error.path) ? error.message : ''}</p>
      </div>
    </form>
  )
}
