import type { Live } from '@/lib/review/live'
import type { AgendaItem, Snapshot } from '@/lib/review/snapshot'

/** What every screen of a meeting is given. */
export type ScreenProps = {
  snapshot: Snapshot
  item: AgendaItem
  live: Live
  may: boolean
  explain: boolean
  asked: boolean
  onTick: (line: number) => void
  onSettle: (action: number) => void
  onClose: () => void
}

export type Person = { id: string; name: string }
