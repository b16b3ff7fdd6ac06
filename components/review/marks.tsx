import { Icon, type IconName } from '@/components/ui/icon'
import type { ReviewState } from '@/lib/review/cycle'
import type { Health } from '@/lib/review/health'
import { HEALTH_WORDS, REVIEW_STATE_WORDS } from '@/lib/review/words'

const SIGNS: Record<ReviewState, IconName> = {
  not_started: 'clock',
  to_review: 'people',
  overdue: 'bell',
  reviewed: 'check',
  skipped: 'arrow',
}

/** Shape and word; what is overdue is solid. */
export const ReviewStateMark = ({ state }: { state: ReviewState }) => (
  <span className={`rw-state rw-${state}`}>
    <Icon name={SIGNS[state]} />
    {REVIEW_STATE_WORDS[state]}
  </span>
)

const SHAPES: Record<Health, string> = {
  green: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z',
  yellow: 'M8 1.4 15.3 14.4H.7Z',
  red: 'M4.9.5h6.2l4.4 4.4v6.2l-4.4 4.4H4.9L.5 11.1V4.9Z',
}

/** How a service stands in minutes: disc, triangle, octagon. */
export const HealthMark = ({ health }: { health: Health }) => (
  <span className={`rw-health rw-${health}`}>
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path fill="currentColor" d={SHAPES[health]} />
    </svg>
    {HEALTH_WORDS[health]}
  </span>
)
