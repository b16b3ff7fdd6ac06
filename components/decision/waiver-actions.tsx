'use client'
import { useState } from 'react'
import { reviewNow, revokeNow, signNow, withdrawWaiverNow } from '@/app/(portal)/waivers/actions'
import { NoteDialog } from '@/components/ui/note-dialog'
import type { WaiverInfo } from '@/lib/decision/reads-waivers'
import { CommandMessage } from './command-message'
import { useCommand } from './use-command'

type Verb = 'grant' | 'refuse' | 'withdraw' | 'revoke'
const WORDS: Record<Verb, { title: string; what: string; button: string }> = {
  grant: {
    title: 'Sign the waiver?',
    what: 'With the second signature it is in force: what is blocked comes to a review until it ends.',
    button: 'Sign it',
  },
  refuse: { title: 'Refuse the waiver?', what: 'One refusal is enough, for everyone.', button: 'Refuse it' },
  withdraw: { title: 'Withdraw the waiver?', what: 'Nobody needs to sign it any more.', button: 'Withdraw it' },
  revoke: {
    title: 'Revoke the waiver?',
    what: 'It ends at once. What was approved under it is decided anew.',
    button: 'Revoke it',
  },
}

/** What the reader can do with a waiver. */
export function WaiverActions({ waiver: { id, revision, may } }: { waiver: WaiverInfo }) {
  const { run, busy, message, conflict, readAgain } = useCommand()
  const [verb, setVerb] = useState<Verb | null>(null)
  const send = async (note: string) => {
    const result = await run(async () => {
      if (verb === 'withdraw') return withdrawWaiverNow({ id, revision, note })
      return verb === 'revoke' ? revokeNow({ id, revision, note }) : signNow({ id, revision, verdict: verb, note })
    })
    return result ?? { ok: false as const, message: 'The portal does not answer. Try again in a minute.' }
  }
  return (
    <div className="d-actions">
      {verb === null ? <CommandMessage message={message} conflict={conflict} onRead={readAgain} /> : null}
      {may.sign ? (
        <>
          <button type="button" className="btn btn-primary" disabled={busy} onClick={() => setVerb('grant')}>
            Sign
          </button>
          <button type="button" className="btn btn-danger" disabled={busy} onClick={() => setVerb('refuse')}>
            Refuse
          </button>
        </>
      ) : null}
      {may.withdraw ? (
        <button type="button" className="btn" disabled={busy} onClick={() => setVerb('withdraw')}>
          Withdraw
        </button>
      ) : null}
      {may.revoke ? (
        <button type="button" className="btn btn-danger" disabled={busy} onClick={() => setVerb('revoke')}>
          Revoke
        </button>
      ) : null}
      {may.review ? (
        <button
          type="button"
          className="btn"
          disabled={busy}
          onClick={() => void run(() => reviewNow({ id, revision, note: '' }))}
        >
          Mark as reviewed
        </button>
      ) : null}
      {verb ? <NoteDialog {...WORDS[verb]} primary={verb === 'grant'} send={send} onClose={() => setVerb(null)} /> : null}
    </div>
  )
}
