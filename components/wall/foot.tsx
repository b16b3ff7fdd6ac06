import { Icon } from '@/components/ui/icon'
import { ageText, countText } from '@/lib/format'
import { clockText, instantText } from '@/lib/format-time'
import type { WallView } from '@/lib/wall/schema'
import { LATE } from '@/lib/wall/view'
import { sinceText } from '@/lib/wall/words'

type Turn = { page: number; pages: number; held: boolean; hold: () => void }
type Props = { view: WallView; now: number; away: boolean; turn: Turn }

/** How old the data are, what is not known any more, what is coming, and which page this is. */
export function Foot({ view, now, away, turn }: Props) {
  const { asOf, behind, stale, moreStale, freezes, moreFreezes, rows, urgent, watch } = view
  const old = away || asOf === null || now - asOf > LATE
  // The newest loss and the nearest freeze are named; of the others there is only room for their number.
  const [lost, freeze] = [stale[0], freezes[0]]
  const others = stale.length - 1 + moreStale
  const later = freezes.length - 1 + moreFreezes
  const more = urgent + watch - rows.length
  return (
    <footer className="w-foot">
      <p className={`w-fresh ${old ? 'w-old' : ''}`}>
        {old ? <Icon name="clock" /> : <i />}
        {asOf === null ? 'Nothing has been measured yet' : `Data to ${clockText(asOf)}, ${ageText(now - asOf)} ago`}
      </p>
      {behind.count > 0 ? (
        <p className="w-old">
          <Icon name="clock" />
          <span className="w-cut">
            {countText(behind.count)} {behind.count === 1 ? 'SLO' : 'SLOs'} not evaluated
            {behind.since === null ? '' : ` since ${sinceText(behind.since, now)}`}
          </span>
        </p>
      ) : null}
      {lost ? (
        <p className="w-old">
          <Icon name="clock" />
          <span className="w-cut">
            {lost.source} stale for {ageText(now - lost.since)}, {countText(lost.slos)} {lost.slos === 1 ? 'SLO' : 'SLOs'} frozen
            {others > 0 ? `, and ${countText(others)} more ${others === 1 ? 'source' : 'sources'}` : ''}
          </span>
        </p>
      ) : null}
      {freeze ? (
        <p className="w-end">
          <span className="w-cut">
            {freeze.from <= now
              ? `${freeze.name} until ${instantText(freeze.to, now)}`
              : `${freeze.name} from ${instantText(freeze.from, now)}`}
            {later > 0 ? `, and ${countText(later)} more` : ''}
          </span>
        </p>
      ) : null}
      {turn.pages > 1 ? (
        <p className="w-turn">
          <span>
            Page {turn.page + 1} of {turn.pages}
            {more > 0 ? `, ${countText(more)} more` : ''}
          </span>
          <button type="button" aria-pressed={turn.held} onClick={turn.hold}>
            <Icon name="pause" />
            <span className="sr-only">Hold this page</span>
          </button>
        </p>
      ) : null}
    </footer>
  )
}
