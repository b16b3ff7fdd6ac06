'use client'
import { useState } from 'react'
import { tickNow } from '@/app/(portal)/releases/actions'
import { whenText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { CommandMessage } from './command-message'
import { useCommand } from './use-command'

export type ConditionToKeep = { id: number; text: string; setBy: string; doneAt: UnixSeconds | null; doneBy: string | null }
type Ticked = { id: number; was: UnixSeconds | null; done: boolean }
type Props = { id: number; conditions: ConditionToKeep[]; may: boolean; now: UnixSeconds }

/** What has to be kept for the approval to hold, ticked off one by one. */
export function ConditionsPanel({ id, conditions, may, now }: Props) {
  const { run, busy, message, conflict, readAgain } = useCommand()
  // Ticked at once; the tick stands until the page knows more.
  const [ticked, setTicked] = useState<Ticked | null>(null)
  if (conditions.length === 0) return null
  const isDone = ({ id: number, doneAt }: ConditionToKeep) =>
    ticked?.id === number && ticked.was === doneAt ? ticked.done : doneAt !== null
  const tick = async (condition: ConditionToKeep, kept: boolean) => {
    setTicked({ id: condition.id, was: condition.doneAt, done: kept })
    const result = await run(() => tickNow({ id, condition: condition.id, done: kept }))
    if (!result?.ok) setTicked(null)
  }
  const done = conditions.filter(({ doneAt }) => doneAt !== null).length
  return (
    <section className="panel v-keep" aria-labelledby="keep">
      <header className="d-panel-head">
        <h3 id="keep">Conditions</h3>
        <span>
          {done} of {conditions.length} kept
        </span>
      </header>
      <ul className="v-ticks">
        {conditions.map((condition) => (
          <li key={condition.id}>
            <label className="check">
              <input
                type="checkbox"
                checked={isDone(condition)}
                disabled={!may || busy}
                onChange={({ target }) => void tick(condition, target.checked)}
              />
              <span>{condition.text}</span>
            </label>
            <span className="v-dim">
              {condition.doneAt === null
                ? `set by ${condition.setBy}`
                : `${condition.doneBy}, ${whenText(condition.doneAt, now)}`}
            </span>
          </li>
        ))}
      </ul>
      <CommandMessage message={message} conflict={conflict} onRead={readAgain} />
    </section>
  )
}
