import { Icon } from '@/components/ui/icon'
import { ageText, countText } from '@/lib/format'
import { clockText, instantText } from '@/lib/format-time'
import type { WallView } from '@/lib/wall/schema'
import { LATE } from '@/lib/wall/view'
import { sinceText } from '@/lib/wall/words'

type Turn = { page: number; pages: number; held: boolean; hold: () => void }
type Props = { view: WallView; now: number; lost: boolean; turn: Turn }

/** How old the data are, what is not known any more, what is coming, and which page this is. */
export function Foot({ view, now, lost, turn }: Props) {
  const { asOf, behind, stale, moreStale, freezes, moreFreezes, rows, urgent, watch } = view
  const old = lost || asOf === null || now - asOf > LATE
  const freeze = freezes[0]
  const later = Math.max(0, freezes.length - 1) + moreFreezes
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
          {countText(behind.count)} {behind.count === 1 ? 'SLO' : 'SLOs'} not evaluated
          {behind.since === null ? '' : ` since ${sinceText(behind.since, now)}`}
        </p>
      ) : null}
      {stale.map(({ source, since, slos }) => (
        <p key={source} className="w-old">
          <Icon name="clock" />
          {source} stale for {ageText(now - since)}, {countText(slos)} {slos === 1 ? 'SLO' : 'SLOs'} frozen
        </p>
      ))}
      {moreStale > 0 ? (
        <p className="w-old">
          and {countText(moreStale)} more {moreStale === 1 ? 'source' : 'sources'}
        </p>
      ) : null}
      {freeze ? (
        <p className="w-end">
          {freeze.from <= now
            ? `${freeze.name} until ${instantText(freeze.to, now)}`
            : `${freeze.name} from ${instantText(freeze.from, now)}`}
          {later > 0 ? `, and ${countText(later)} more` : ''}
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
