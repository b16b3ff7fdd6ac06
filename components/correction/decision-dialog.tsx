'use client'
import { useRouter } from 'next/navigation'
import { decideNow, withdrawNow } from '@/app/(portal)/corrections/actions'
import { NoteDialog } from '@/components/ui/note-dialog'
import type { CorrectionInfo } from '@/lib/correction/schema'

export type Verb = 'approve' | 'refuse' | 'withdraw'

const WORDS: Record<Verb, { title: string; what: string; button: string }> = {
  approve: { title: 'Approve this correction?', what: 'It counts at once, on every budget it touches.', button: 'Approve' },
  refuse: {
    title: 'Refuse this correction?',
    what: 'Nothing changes. Say why, so that it is not asked for again.',
    button: 'Refuse',
  },
  withdraw: {
    title: 'Withdraw this correction?',
    what: 'Budgets are what they would be without it. It stays in the list, and can be asked for anew.',
    button: 'Withdraw',
  },
}

type Props = { deciding: { correction: CorrectionInfo; verb: Verb } | null; onClose: () => void }

export function DecisionDialog({ deciding, onClose }: Props) {
  const router = useRouter()
  if (!deciding) return null
  const { correction, verb } = deciding
  const send = async (note: string) => {
    const named = { id: correction.id, version: correction.version, note }
    const result = verb === 'withdraw' ? await withdrawNow(named) : await decideNow({ ...named, verdict: verb })
    if (result.ok) router.refresh()
    return result
  }
  return <NoteDialog {...WORDS[verb]} primary={verb === 'approve'} send={send} onClose={onClose} />
}
