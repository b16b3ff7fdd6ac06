import { StateMark } from '@/components/slo/state-mark'
import { SLO_STATES } from '@/lib/slo/state'
import { STATE_WORDS } from '@/lib/slo/words'

/** How many SLOs are in which state, worst first. */
export function StateCounts({ states }: { states: Record<string, number> }) {
  return (
    <ul className="s-counts">
      {SLO_STATES.filter((state) => states[state]).map((state) => (
        <li key={state} className={`state is-${state}`}>
          <StateMark state={state} />
          {states[state]} <span>{STATE_WORDS[state]}</span>
        </li>
      ))}
    </ul>
  )
}
