'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { askAgainNow, withdrawNow } from '@/app/(portal)/releases/actions'
import { Icon } from '@/components/ui/icon'
import { Menu, MenuItem, MenuLine } from '@/components/ui/menu'
import { NoteDialog } from '@/components/ui/note-dialog'
import type { RequestDetail } from '@/lib/decision/reads-request'
import type { UnixSeconds } from '@/lib/time-series/units'
import { CommandMessage } from './command-message'
import { ReleasedDialog } from './released-dialog'
import { useCommand } from './use-command'
import { WaiverDialog } from './waiver-dialog'

type Open = 'withdraw' | 'released' | 'waiver' | null

/** What else can be done with a request. */
export function RequestMenu({ request, now }: { request: RequestDetail; now: UnixSeconds }) {
  const { id, revision, may, status, service } = request
  const router = useRouter()
  const { run, message, conflict, readAgain } = useCommand()
  const [open, setOpen] = useState<Open>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href.split('#')[0] ?? '')
    setCopied(true)
    setTimeout(() => setCopied(false), 2_000)
  }
  const withdraw = async (note: string) => {
    const result = await run(() => withdrawNow({ id, revision, note }))
    return result ?? { ok: false as const, message: 'The portal does not answer. Try again in a minute.' }
  }
  const any = may.ask || may.edit || may.release || may.waive || may.withdraw
  return (
    <div className="d-actions">
      <CommandMessage message={message} conflict={conflict} onRead={readAgain} />
      {any ? (
        <Menu
          end
          trigger={
            <button type="button" className="btn btn-sm">
              Actions <Icon name="down" />
            </button>
          }
        >
          {may.ask ? (
            <MenuItem onSelect={() => void run(() => askAgainNow({ id, revision }))}>
              {status === 'draft' ? 'Ask for it' : 'Ask again'}
            </MenuItem>
          ) : null}
          {may.edit ? <MenuItem onSelect={() => router.push(`/releases/${id}/edit`)}>Edit the draft</MenuItem> : null}
          {may.release ? <MenuItem onSelect={() => setOpen('released')}>Mark as released …</MenuItem> : null}
          {may.waive ? <MenuItem onSelect={() => setOpen('waiver')}>Ask for a waiver …</MenuItem> : null}
          {may.withdraw ? (
            <>
              <MenuLine />
              <MenuItem onSelect={() => setOpen('withdraw')}>Withdraw …</MenuItem>
            </>
          ) : null}
        </Menu>
      ) : null}
      <button type="button" className="btn btn-sm" onClick={() => void copy()}>
        {copied ? 'Copied' : 'Copy link'}
      </button>
      {open === 'released' ? <ReleasedDialog id={id} revision={revision} run={run} onClose={() => setOpen(null)} /> : null}
      {open === 'waiver' ? <WaiverDialog service={service} request={id} now={now} onClose={() => setOpen(null)} /> : null}
      {open === 'withdraw' ? (
        <NoteDialog
          title="Withdraw the request?"
          what="It leaves the queue for good. Another one can be asked for."
          button="Withdraw it"
          primary
          send={withdraw}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  )
}
