import { type FormEvent, type RefObject, useEffect, useState } from 'react'
import { captureActionNow, captureDecisionNow, takeBackNow } from '@/app/(portal)/review/actions'
import type { Live } from '@/lib/review/live'
import { serviceOf } from '@/lib/review/minutes'
import type { AgendaItem, Snapshot } from '@/lib/review/snapshot'
import { dueText, minuteText } from '@/lib/review/words'
import { DAY } from '@/lib/time-series/units'
import type { Person } from './screen-props'
import type { Meeting } from './use-meeting'

type Props = {
  snapshot: Snapshot
  item: AgendaItem
  live: Live
  people: Person[]
  send: Meeting['send']
  at: RefObject<HTMLElement | null>
}

/** Decisions and actions, written down without leaving the screen, saved by Enter. */
export function Capture({ snapshot, item, live, people, send, at }: Props) {
  const owner = snapshot.services.find(({ slug }) => slug === serviceOf(snapshot, item.key))?.owner ?? soleOwner(snapshot)
  const due = new Date((snapshot.next ?? snapshot.takenAt + 7 * DAY) * 1000).toISOString().slice(0, 10)
  return (
    <section className="rv-capture" aria-label="Decisions and actions" ref={at}>
      <Line
        {...{ snapshot, item, live, send, kind: 'decision' }}
        letter="D"
        label="Decision"
        save={(about, text) => captureDecisionNow({ id: live.id, item: about, text })}
        captured={live.decisions.filter((one) => one.item === item.key).map(({ id, text, at: when }) => ({ id, text, at: when }))}
      />
      <ActionLine {...{ snapshot, item, live, people, send, due }} owner={owner?.id ?? ''} />
    </section>
  )
}

const soleOwner = ({ services }: Snapshot): Person | null => (services.length === 1 ? (services[0]?.owner ?? null) : null)

type Kept = { id: number; text: string; at: number; more?: string }
type LineProps = {
  snapshot: Snapshot
  item: AgendaItem
  live: Live
  send: Meeting['send']
  kind: 'decision' | 'action'
  letter: string
  label: string
  /** `about`: key of the item that stood there when writing began */
  save: (about: string, text: string) => Promise<{ ok: true; data: Live } | { ok: false; message: string }>
  captured: Kept[]
  children?: React.ReactNode
}

/** What is half written stays about what it was begun for, wherever the meeting goes meanwhile. */
function Line({ snapshot, item, live, send, kind, letter, label, save, captured, children }: LineProps) {
  const [text, setText] = useState('')
  const [begun, setBegun] = useState<string | null>(null)
  const [error, setError] = useState('')
  const last = captured.at(-1)
  const write = (words: string) => {
    setText(words)
    setBegun((now) => (words === '' ? null : (now ?? item.key)))
  }
  const elsewhere = begun !== null && begun !== item.key ? snapshot.items.find(({ key }) => key === begun) : undefined
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = await send(() => save(begun ?? item.key, text))
    setError(result.ok ? '' : result.message)
    if (result.ok) write('')
  }
  const takeBack = (captures: number) => void send(() => takeBackNow({ id: live.id, kind, captured: captures }))
  const field = `rv-${kind}`
  return (
    <form onSubmit={submit} noValidate>
      <label htmlFor={field}>
        <kbd>{letter}</kbd> {label}
        {elsewhere ? <em> about {elsewhere.title}</em> : null}
      </label>
      <input
        id={field}
        className="rv-input"
        data-capture={kind}
        value={text}
        onChange={(event) => write(event.target.value)}
        placeholder={kind === 'decision' ? 'What was decided' : 'What is to be done'}
        autoComplete="off"
        aria-invalid={error !== ''}
        aria-describedby={`${field}-note`}
      />
      {children}
      <p id={`${field}-note`} className="rv-kept" aria-live="polite">
        {error ? <span className="rv-error">{error}</span> : null}
        {last && !error ? (
          <>
            <span className="rv-kept-text">
              {captured.length > 1 ? `${captured.length}. ` : ''}
              {last.text}
              {last.more ? <em>{last.more}</em> : null}
            </span>
            <button type="button" className="rv-link" onClick={() => takeBack(last.id)} aria-label={`Take back: ${last.text}`}>
              take back
            </button>
            <span className="rv-saved">saved {minuteText(last.at, snapshot.timeZone)}</span>
          </>
        ) : null}
      </p>
      <button type="submit" className="sr-only" tabIndex={-1}>
        Save the {kind}
      </button>
    </form>
  )
}

type ActionProps = Omit<Props, 'at'> & { owner: string; due: string }

function ActionLine({ snapshot, item, live, people, send, owner, due }: ActionProps) {
  const [who, setWho] = useState(owner)
  const [until, setUntil] = useState(due)
  useEffect(() => setWho(owner), [owner])
  const captured = live.actions
    .filter((one) => one.item === item.key)
    .map(({ id, title, at, owner: by, dueOn }) => ({
      ...{ id, text: title, at },
      more: [by?.name ?? 'nobody', dueOn ? dueText(dueOn, live.now) : ''].filter(Boolean).join(', '),
    }))
  return (
    <Line
      {...{ snapshot, item, live, send, captured, kind: 'action' }}
      letter="A"
      label="Action"
      save={(about, title) => captureActionNow({ id: live.id, item: about, title, owner: who || null, dueOn: until || null })}
    >
      <span className="rv-who">
        <label>
          owner
          <select value={who} onChange={(event) => setWho(event.target.value)}>
            <option value="">nobody yet</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          due
          <input type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
        </label>
      </span>
    </Line>
  )
}
