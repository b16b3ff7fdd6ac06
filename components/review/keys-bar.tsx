import { useKeysState } from '@/components/ui/use-keys'
import { useNow } from '@/components/ui/use-now'
import { ageText } from '@/lib/format'
import { clockText } from '@/lib/format-time'
import type { AgendaItem, Snapshot } from '@/lib/review/snapshot'
import type { Meeting } from './use-meeting'

type Props = { snapshot: Snapshot; meeting: Meeting; kind: AgendaItem['kind']; may: boolean }

/** Every key that does something here, and how old the numbers are. */
export function KeysBar({ snapshot: { asOf, timeZone }, meeting, kind, may }: Props) {
  const { show } = useKeysState()
  const { live, connected, apart, ahead } = meeting
  const now = Math.floor(useNow(live.now, 5) + ahead)
  const word = (key: string | string[], text: string) => (
    <span key={text}>
      {[key].flat().map((one) => (
        <kbd key={one}>{one}</kbd>
      ))}
      {text}
    </span>
  )
  return (
    <footer className="rv-keys">
      {word(['←', '→'], may && apart === null ? 'item' : 'look around')}
      {may ? [word('D', 'decision'), word('A', 'action')] : null}
      {word('C', 'checklist')}
      {kind === 'slo' ? word('E', 'explain') : null}
      {kind === 'close' && may ? word('Enter', 'close') : null}
      {may ? [word('P', live.timer.pausedAt === null ? 'pause' : 'go on'), word('+', 'minute')] : null}
      {word('F', apart === null ? 'look around' : 'follow')}
      {word('Esc', 'leave')}
      <button type="button" className="rv-link" onClick={show} aria-label="All keys">
        <kbd>?</kbd>
      </button>
      <span className="rv-data" role="status">
        {connected ? `Data to ${clockText(asOf, timeZone)}, ${ageText(now - asOf)} ago` : 'Not connected; asks every 3 s'}
      </span>
    </footer>
  )
}
