import type { SloState } from '@/lib/slo/state'
import { STATE_WORDS } from '@/lib/slo/words'
import { StateMark } from './state-mark'

/** Shape and word, for rows. */
export function StateWord({ state }: { state: SloState }) {
  return (
    <span className={`state is-${state}`}>
      <StateMark state={state} />
      {STATE_WORDS[state]}
    </span>
  )
}

/** Shape and word on a ground, for headings. */
export function StateBadge({ state, large = false }: { state: SloState; large?: boolean }) {
  return (
    <span className={`badge is-${state} ${large ? 'badge-lg' : ''}`}>
      <StateMark state={state} />
      {STATE_WORDS[state]}
    </span>
  )
}
