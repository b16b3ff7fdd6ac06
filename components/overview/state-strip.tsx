import { AlertChip } from '@/components/slo/alert-chip'
import { StateMark } from '@/components/slo/state-mark'
import { whenText } from '@/lib/format-time'
import type { Spotlight } from '@/lib/slo/overview-filter'
import type { OverviewSummary } from '@/lib/slo/overview-summary'
import type { SloState } from '@/lib/slo/state'
import { STATE_WORDS } from '@/lib/slo/words'

type Props = {
  summary: OverviewSummary
  states: SloState[]
  only: Spotlight | null
  now: number
  onState: (state: SloState) => void
  onOnly: (only: Spotlight) => void
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

/** Counts of everything, whatever the filter; each is a filter itself. */
export function StateStrip({ summary, states, only, now, onState, onOnly }: Props) {
  const spot = (name: Spotlight) => ({
    type: 'button' as const,
    className: 'strip-spot',
    'aria-pressed': only === name,
    onClick: () => onOnly(name),
  })
  return (
    <section className="strip" aria-label="All SLOs by state">
      <div className="strip-row">
        {summary.states.map(({ state, count, entered }) => (
          <button
            key={state}
            type="button"
            className="strip-state"
            aria-pressed={states.includes(state)}
            onClick={() => onState(state)}
            title={entered > 0 ? `${entered} of them since less than a day` : undefined}
          >
            <StateMark state={state} />
            <b>{count}</b>
            <span>{STATE_WORDS[state]}</span>
          </button>
        ))}
        <span className="strip-line" />
        <button {...spot('alerts')}>
          <span className="strip-chips">
            {summary.pages > 0 ? <AlertChip severity="page" text={plural(summary.pages, 'page')} /> : null}
            {summary.tickets > 0 ? <AlertChip severity="ticket" text={plural(summary.tickets, 'ticket')} /> : null}
            {summary.pages + summary.tickets === 0 ? <b>No alerts</b> : null}
          </span>
          <span>alerts firing</span>
        </button>
        <button {...spot('ending')}>
          <b>{plural(summary.ending, 'budget')}</b>
          <span>end within 48 h</span>
        </button>
        <button {...spot('stale')}>
          <b>{summary.stale === 0 ? 'No source stale' : `${plural(summary.stale, 'SLO')} frozen`}</b>
          <span>
            {summary.staleSince === null ? 'all are measured' : `source stale since ${whenText(summary.staleSince, now)}`}
          </span>
        </button>
      </div>
      <div className="share" aria-hidden="true">
        {summary.states
          .filter(({ count }) => count > 0)
          .map(({ state, count }) => (
            <i key={state} className={`share-${state} is-${state}`} style={{ flexGrow: count }} />
          ))}
      </div>
    </section>
  )
}
