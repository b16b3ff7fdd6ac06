import { AlertChip } from '@/components/slo/alert-chip'
import { OutlookText } from '@/components/slo/outlook-text'
import { SignedBar } from '@/components/slo/signed-bar'
import { StateMark } from '@/components/slo/state-mark'
import { leftText, NONE } from '@/lib/format'
import { STATE_WORDS } from '@/lib/slo/words'
import type { WallRow, WallView } from '@/lib/wall/schema'
import { PAGE } from '@/lib/wall/view'
import { noteOf } from '@/lib/wall/words'

/** What needs eyes first. All rows are there; a screen shows one page of them, a phone all. */
export function WallRows({ view, page, now }: { view: WallView; page: number; now: number }) {
  if (view.rows.length === 0)
    return (
      <div className="w-none">
        <p>
          {view.total === 0
            ? 'No SLO is defined here yet, or none matches the address of this wall.'
            : 'Nothing needs eyes first.'}
        </p>
      </div>
    )
  return (
    <ol className="w-rows" aria-label="Needs eyes first">
      {view.rows.map((row, at) => (
        <Row key={row.id} row={row} now={now} shown={Math.floor(at / PAGE) === page} />
      ))}
    </ol>
  )
}

function Row({ row, now, shown }: { row: WallRow; now: number; shown: boolean }) {
  const { service, name, state, alert, remaining, outlook } = row
  const frozen = state === 'no-data'
  const over = remaining !== null && remaining < 0
  return (
    <li className={`w-row is-${state} ${shown ? '' : 'w-waits'}`}>
      <StateMark state={state} />
      <div className="w-name">
        <b>{service}</b>
        <span>{name}</span>
      </div>
      <div className="w-word">
        {alert === null ? null : <AlertChip severity={alert} frozen={frozen} />}
        <span className="w-state">{STATE_WORDS[state]}</span>
      </div>
      <div className={`w-left ${over ? 'w-over' : ''} ${frozen ? 'w-frozen' : ''}`}>
        {remaining === null ? NONE : leftText(remaining)}
        {remaining === null ? null : <span className="w-unit">%</span>}
      </div>
      <div className="w-bar">
        <SignedBar remaining={remaining} state={state} />
      </div>
      <div className="w-outlook">
        <OutlookText outlook={outlook} now={now} />
        <span className="w-note">{noteOf(row, now)}</span>
      </div>
    </li>
  )
}
