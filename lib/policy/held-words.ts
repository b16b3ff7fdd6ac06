import { floored } from '../format'
import { SLO_STATES, type SloState } from '../slo/state'

export type Days = Partial<Record<SloState, number>>

/** "critical 3 → 8.5 d, healthy 87 → 81.5 d": only states that differ; `null` when none does. */
export function heldText(before: Days, after: Days): string | null {
  const text = (days: number | undefined): string => String(Number(floored(days ?? 0, 1)))
  const parts = SLO_STATES.filter((state) => text(before[state]) !== text(after[state])).map(
    (state) => `${state.replaceAll('-', ' ')} ${text(before[state])} → ${text(after[state])} d`,
  )
  return parts.length > 0 ? parts.join(', ') : null
}
