import { StateMark } from '@/components/slo/state-mark'
import { Icon } from '@/components/ui/icon'
import { countText } from '@/lib/format'
import { SLO_STATES } from '@/lib/slo/state'
import { STATE_WORDS } from '@/lib/slo/words'
import type { WallView } from '@/lib/wall/schema'

/** How many SLOs in each state, what fires, and all of them at a glance. */
export function Tally({ view }: { view: WallView }) {
  return (
    <aside className="w-tally" aria-label="All SLOs by state">
      <ul>
        {SLO_STATES.map((state) => (
          <li key={state} className={`is-${state} ${view.states[state] === 0 ? 'w-zero' : ''}`}>
            <StateMark state={state} />
            <b>{countText(view.states[state])}</b>
            <span>{STATE_WORDS[state]}</span>
          </li>
        ))}
      </ul>
      <p className="w-alerts">
        <span className={`alert ${view.pages > 0 ? 'alert-page' : 'w-quiet'}`}>
          <Icon name="bell" />
          {countText(view.pages)} {view.pages === 1 ? 'page' : 'pages'}
        </span>
        <span className={`alert ${view.tickets > 0 ? 'alert-ticket' : 'w-quiet'}`}>
          {countText(view.tickets)} {view.tickets === 1 ? 'ticket' : 'tickets'}
        </span>
      </p>
      <Fleet view={view} />
    </aside>
  )
}

/** So many shapes stand in so many columns, from large ones to small ones; more than that are a strip. */
const COLUMNS: [most: number, columns: number][] = [
  [70, 10],
  [140, 14],
  [216, 18],
]

/** The whole fleet: a shape for each SLO while they can be told apart, else a strip with their shares. */
export function Fleet({ view }: { view: WallView }) {
  const { total, states } = view
  if (total === 0) return null
  const label = `All ${countText(total)} SLOs: ${SLO_STATES.filter((state) => states[state] > 0)
    .map((state) => `${countText(states[state])} ${STATE_WORDS[state]}`)
    .join(', ')}`
  const columns = COLUMNS.find(([most]) => total <= most)?.[1]
  if (columns === undefined)
    return (
      <div className="w-strip" role="img" aria-label={label}>
        {SLO_STATES.filter((state) => states[state] > 0).map((state) => (
          <i key={state} className={`is-${state}`} style={{ flexGrow: states[state] / total }} />
        ))}
      </div>
    )
  return (
    <div className="w-fleet" role="img" aria-label={label} style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
      {SLO_STATES.flatMap((state) =>
        // They have no names here, and their order never changes.
        Array.from({ length: states[state] }, (_, i) => <StateMark key={`${state} ${String(i)}`} state={state} />),
      )}
    </div>
  )
}
