'use client'
import { useRouter } from 'next/navigation'
import { decideNow } from '@/app/(portal)/releases/actions'
import { NoteDialog } from '@/components/ui/note-dialog'
import type { AttributionInfo } from '@/lib/release/schema'

export type Verdict = 'confirm' | 'refuse'
const WORDS: Record<Verdict, { title: string; what: string; button: string }> = {
  confirm: {
    title: 'The release did it?',
    what: 'What burned beyond the usual is booked on the release in the ledger of this SLO.',
    button: 'Confirm',
  },
  refuse: {
    title: 'The release did not do it?',
    what: 'Nothing is booked on it. It is not asked again.',
    button: 'Refuse',
  },
}

type Props = { proposal: AttributionInfo; verdict: Verdict; onClose: () => void }

export function VerdictDialog({ proposal: { id, version }, verdict, onClose }: Props) {
  const router = useRouter()
  const send = async (note: string) => {
    const result = await decideNow({ id, version, verdict, note })
    // Refused because it changed: what is behind the dialog is read anew as well.
    router.refresh()
    return result
  }
  return <NoteDialog {...WORDS[verdict]} primary={verdict === 'confirm'} send={send} onClose={onClose} />
}
