import type { SloState } from './state'

export const STATE_WORDS: Record<SloState, string> = {
  exhausted: 'exhausted',
  critical: 'critical',
  warning: 'warning',
  attention: 'attention',
  healthy: 'healthy',
  'no-data': 'no data',
  'not-enough-data': 'not enough data',
}
