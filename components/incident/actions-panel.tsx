'use client'
import { type FormEvent, useState } from 'react'
import { addActionNow, changeActionNow } from '@/app/(portal)/incidents/actions'
import { Field } from '@/components/ui/field'
import { dayText } from '@/lib/format-time'
import type { ActionView, IncidentView } from '@/lib/incident/incident'
import type { PersonChoice } from '@/lib/incident/reads-form'
import { toUnix, type UnixSeconds } from '@/lib/time-series/units'
import { useIncident } from './use-incident'

type Props = { incident: IncidentView; people: PersonChoice[]; now: UnixSeconds }

/** What is to be done so that it does not happen again: by whom, until when. */
export function ActionsPanel({ incident: { id, actions, may }, people, now }: Props) {
  const { run, busy, message } = useIncident(id)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const field = (name: string) => String(data.get(name) ?? '') || null
    const result = await run(() =>
      addActionNow({ id, title: field('title') ?? '', owner: field('owner'), dueOn: field('dueOn') }),
    )
    setErrors(result && !result.ok ? Object.fromEntries(result.issues.map(({ path, message: words }) => [path, words])) : {})
    if (result?.ok) form.reset()
  }
  const toggle = ({ id: action, version, doneAt }: ActionView) =>
    void run(() => changeActionNow({ id, action, version, done: doneAt === null }))
  return (
    <section className="panel d-panel" aria-labelledby="actions-title">
      <header className="d-panel-head">
        <h3 id="actions-title">Action items</h3>
        <span>
          {actions.length === 0
            ? 'none yet'
            : `${actions.filter(({ doneAt }) => doneAt !== null).length} of ${actions.length} done`}
        </span>
      </header>
      <ul className="i-rows i-panel">
        {actions.map((action) => (
          <li key={action.id}>
            <label className="check">
              <input
                type="checkbox"
                checked={action.doneAt !== null}
                disabled={busy || !may.run}
                onChange={() => toggle(action)}
              />
              <span>{action.title}</span>
            </label>
            <span>
              {action.owner?.name ?? 'nobody'}
              {action.dueOn ? `, due ${dayText(toUnix(new Date(`${action.dueOn}T12:00:00Z`)), now)}` : ''}
            </span>
          </li>
        ))}
      </ul>
      {may.run ? (
        <form className="i-action-form" onSubmit={add} noValidate>
          <Field label="To be done" error={errors.title}>
            {(ids) => <input className="input" name="title" {...ids} />}
          </Field>
          <Field label="Owner" error={errors.owner}>
            {(ids) => (
              <select className="input" name="owner" {...ids}>
                <option value="">Nobody yet</option>
                {people.map(({ id: person, name }) => (
                  <option key={person} value={person}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Due" error={errors.dueOn}>
            {(ids) => <input className="input" type="date" name="dueOn" {...ids} />}
          </Field>
          <button type="submit" className="btn" disabled={busy}>
            Add the action item
          </button>
          {message && Object.keys(errors).length === 0 ? <p role="alert">{message}</p> : null}
        </form>
      ) : null}
    </section>
  )
}
