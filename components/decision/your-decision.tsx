'use client'
import { useRouter } from 'next/navigation'
import { useCallback, useState } from 'react'
import { verdictNow } from '@/app/(portal)/releases/actions'
import { Field } from '@/components/ui/field'
import { useKeys } from '@/components/ui/use-keys'
import { type ConditionLine, conditionInput, linesOf } from '@/lib/decision/condition-draft'
import type { RequestDetail } from '@/lib/decision/reads-request'
import { APPROVER_WORDS } from '@/lib/decision/words'
import { CommandMessage } from './command-message'
import { CONDITIONS_ID, ConditionFields } from './condition-fields'
import { useCommand } from './use-command'

type Props = { request: RequestDetail }
const REASON_ID = 'decision-reason'
const focusOn = (id: string) => {
  const found = document.getElementById(id)
  found?.focus()
  found?.scrollIntoView({ block: 'center' })
}
const withConditions = (count: number, word: string) =>
  count === 0 ? word : `${word} ${count} ${count === 1 ? 'condition' : 'conditions'}`

/** The decision of whoever reads: approve with what is ticked, approve as is, or refuse with a reason. Keys: a, r, c. */
export function YourDecision({ request: { id, revision, decision, missing, evaluation, service, next } }: Props) {
  const router = useRouter()
  const { run, busy, message, conflict, readAgain } = useCommand()
  const [lines, setLines] = useState<ConditionLine[]>(() => linesOf(evaluation?.conditions ?? []))
  const [note, setNote] = useState('')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const review = decision === 'review'
  const ticked = lines.flatMap((line, index) => (line.on ? [{ line, index }] : []))

  const say = useCallback(
    async (verdict: 'approve' | 'refuse', set: { line: ConditionLine; index: number }[]) => {
      setErrors({})
      if (verdict === 'refuse' && note.trim() === '') {
        setErrors({ note: 'Say why it is refused.' })
        focusOn(REASON_ID)
        return
      }
      const conditions = set.map(({ line }) => conditionInput(line))
      const result = await run(() => verdictNow({ id, revision, verdict, note, conditions }))
      if (!result || result.ok) return
      const placed = result.issues.map(({ path, message: words }) => [placeOf(path, set), words])
      setErrors(Object.fromEntries(placed))
    },
    [id, revision, note, run],
  )
  const approve = useCallback(
    () =>
      say(
        'approve',
        lines.flatMap((line, index) => (line.on ? [{ line, index }] : [])),
      ),
    [say, lines],
  )
  const onKey = useCallback(
    (event: KeyboardEvent) => {
      if (busy) return
      if (event.key === 'a' && review) void approve()
      else if (event.key === 'r') void say('refuse', [])
      else if (event.key === 'c' && review) focusOn(CONDITIONS_ID)
      else return
      event.preventDefault()
    },
    [busy, review, approve, say],
  )
  useKeys(onKey)
  const part = missing[0] ? APPROVER_WORDS[missing[0]] : ''
  return (
    <section className="panel v-act" id="act" aria-labelledby="act-title">
      <header className="d-panel-head">
        <h3 id="act-title">Your decision</h3>
        <span>{review ? `as ${part}, ${service.name}` : 'it waits by itself'}</span>
      </header>
      <form className="v-form" noValidate onSubmit={(event) => event.preventDefault()}>
        {review ? (
          <ConditionFields
            lines={lines}
            errors={conditionErrors(errors)}
            onChange={(index, line) => setLines(lines.map((one, i) => (i === index ? line : one)))}
          />
        ) : null}
        <Field
          label="Reason"
          error={errors.note}
          hint={review ? 'Kept with the decision. A refusal needs one.' : 'You can refuse it; a refusal needs a reason.'}
        >
          {(ids) => (
            <textarea
              className="input c-reason"
              rows={2}
              {...ids}
              id={REASON_ID}
              value={note}
              onChange={({ target }) => setNote(target.value)}
              aria-label="Reason"
            />
          )}
        </Field>
        <CommandMessage message={message} conflict={conflict} onRead={readAgain} />
        {review ? (
          <>
            <button type="button" className="btn btn-primary btn-lg" disabled={busy} onClick={() => void approve()}>
              {withConditions(ticked.length, ticked.length === 0 ? 'Approve' : 'Approve with')}
            </button>
            <div className="v-row">
              <button type="button" className="btn" disabled={busy} onClick={() => void say('approve', [])}>
                Approve as is
              </button>
              <Refuse busy={busy} onRefuse={() => void say('refuse', [])} />
            </div>
            <p className="field-hint">Recorded with the numbers on this page. You can take it back until the release starts.</p>
          </>
        ) : (
          <Refuse busy={busy} onRefuse={() => void say('refuse', [])} />
        )}
        {next === null ? null : (
          <button type="button" className="btn btn-quiet v-next" onClick={() => router.push(`/releases/${next}`)}>
            Later: the next request
          </button>
        )}
      </form>
      {review ? (
        <div className="v-sticky">
          <button type="button" className="btn btn-danger" disabled={busy} onClick={() => void say('refuse', [])}>
            Refuse
          </button>
          <button type="button" className="btn" disabled={busy} onClick={() => void say('approve', [])}>
            As is
          </button>
          <button type="button" className="btn btn-primary" disabled={busy} onClick={() => void approve()}>
            {withConditions(ticked.length, ticked.length === 0 ? 'Approve' : 'Approve,')}
          </button>
        </div>
      ) : null}
    </section>
  )
}

const Refuse = ({ busy, onRefuse }: { busy: boolean; onRefuse: () => void }) => (
  <button type="button" className="btn btn-danger" disabled={busy} onClick={onRefuse}>
    Refuse
  </button>
)

/** Of what was sent only the ticked ones have a place; the sentence belongs to the line on the screen. */
function placeOf(path: string, set: { index: number }[]): string {
  const [field, nth, ...rest] = path.split('.')
  const index = field === 'conditions' ? set[Number(nth)]?.index : undefined
  return index === undefined ? path : ['conditions', index, ...rest].join('.')
}

const conditionErrors = (errors: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).flatMap(([path, words]) =>
      path.startsWith('conditions.') ? [[path.slice('conditions.'.length), words]] : [],
    ),
  )
