'use client'
import { useState } from 'react'
import { askAgainNow, takeBackNow } from '@/app/(portal)/releases/actions'
import { Link } from '@/components/ui/link'
import type { RequestDetail } from '@/lib/decision/reads-request'
import { APPROVER_WORDS, joined } from '@/lib/decision/words'
import { instantText } from '@/lib/format-time'
import type { UnixSeconds } from '@/lib/time-series/units'
import { CommandMessage } from './command-message'
import { ReleasedDialog } from './released-dialog'
import { useCommand } from './use-command'
import { WaiverDialog } from './waiver-dialog'

/** What the reader can do next when the decision is not theirs: the most likely step is the button. */
export function NextSteps({ request, now }: { request: RequestDetail; now: UnixSeconds }) {
  const { id, revision, may, status, missing, service } = request
  const { run, busy, message, conflict, readAgain } = useCommand()
  const [open, setOpen] = useState<'released' | 'waiver' | null>(null)
  const main = may.release ? 'released' : may.waive ? 'waiver' : status === 'draft' || may.ask ? 'ask' : null
  const words =
    main === 'released'
      ? 'Mark as released'
      : main === 'waiver'
        ? 'Ask for a waiver'
        : status === 'draft'
          ? 'Ask for it'
          : 'Ask again'
  const press = () => (main === 'ask' ? void run(() => askAgainNow({ id, revision })) : setOpen(main as 'released' | 'waiver'))
  return (
    <section className="panel v-act" id="act" aria-labelledby="act-title">
      <header className="d-panel-head">
        <h3 id="act-title">What happens next</h3>
      </header>
      <div className="v-form">
        <p className="v-told">{toldOf(request, now)}</p>
        <CommandMessage message={message} conflict={conflict} onRead={readAgain} />
        {main ? (
          <button type="button" className="btn btn-primary btn-lg" disabled={busy} onClick={press}>
            {words}
          </button>
        ) : null}
        <div className="v-row">
          {may.takeBack ? (
            <button
              type="button"
              className="btn"
              disabled={busy}
              onClick={() => void run(() => takeBackNow({ id, revision, note: '' }))}
            >
              Take my approval back
            </button>
          ) : null}
          {may.edit ? (
            <Link className="btn" href={`/releases/${id}/edit`}>
              Edit
            </Link>
          ) : null}
        </div>
        {status === 'decided' && missing.length > 0 ? (
          <p className="field-hint">Missing: the word of the {joined(missing.map((role) => APPROVER_WORDS[role]))}.</p>
        ) : null}
      </div>
      {main === 'released' || main === 'waiver' ? (
        <div className="v-sticky">
          <button type="button" className="btn btn-primary" disabled={busy} onClick={press}>
            {words}
          </button>
        </div>
      ) : null}
      {open === 'released' ? <ReleasedDialog id={id} revision={revision} run={run} onClose={() => setOpen(null)} /> : null}
      {open === 'waiver' ? <WaiverDialog service={service} request={id} now={now} onClose={() => setOpen(null)} /> : null}
    </section>
  )
}

function toldOf({ status, decision, validUntil, missing }: RequestDetail, now: UnixSeconds): string {
  switch (status) {
    case 'draft':
      return 'Nobody sees this draft in the queue. Asking for it has it decided at once.'
    case 'approved':
      return validUntil === null
        ? 'It may go out.'
        : `It may go out until ${instantText(validUntil, now)} UTC. Then, or when a status worsens, it ends by itself.`
    case 'refused':
    case 'expired':
      return 'Asking again has it decided by the numbers of then.'
    case 'released':
      return 'The poller compares the budgets with before, an hour and a day after.'
    case 'observed':
      return 'Nothing any more. What it cost counts for the next releases of this service.'
    case 'withdrawn':
      return 'Nothing any more.'
    case 'decided':
      if (decision === 'defer') return 'It is decided anew by itself every minute; whoever asked is told when it may go on.'
      if (decision === 'block')
        return 'When things get better it is decided anew by itself. A waiver by two people opens it before that.'
      return missing.length > 1 ? 'It goes on once everybody has agreed.' : 'It goes on once somebody has agreed.'
  }
}
