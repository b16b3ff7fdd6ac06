import { describe, expect, it } from 'vitest'
import type { SloDetail } from '@/lib/slo/detail'
import { evaluateStatus, LOOKBACKS, type Lookback } from '@/lib/slo/status'
import { DEFAULT_STATUS_POLICY } from '@/lib/slo/status-policy'
import { explain } from './explain'

const NOW = Date.UTC(2026, 6, 15, 14, 35) / 1000
const counts = { good: 150_930_268, total: 151_054_090, measured: 43_200 }
const pace = { good: 15_450_564, total: 15_486_742, measured: 4_320 }
const status = evaluateStatus(
  {
    target: 0.999,
    window: { kind: 'rolling', days: 30 },
    noDataPolicy: 'ignore',
    coverageFloor: 0.9,
    minEvents: 0,
    policy: DEFAULT_STATUS_POLICY,
  },
  {
    now: NOW,
    historyFrom: NOW - 90 * 86_400,
    lastDataTs: NOW,
    staleSince: null,
    credit: 0,
    window: counts,
    pace,
    lookbacks: Object.fromEntries(Object.keys(LOOKBACKS).map((key) => [key, pace])) as Record<Lookback, typeof pace>,
  },
)

describe('explain', () => {
  it('shows the worked example of the visual language, unrounded', () => {
    const detail = { target: 0.999, method: 'occurrences', indicatorKind: 'availability', noDataPolicy: 'ignore' } as SloDetail
    const results = Object.fromEntries(explain(detail, status).map(({ name, result }) => [name, result]))
    expect(results.SLI).toBe('0.999180280')
    expect(results.Consumed).toBe('0.819720')
    expect(results.Left).toBe('0.180280')
    expect(results['Pace, 72 h']).toBe('2.336063')
    expect(results.State).toBe('critical')
  })
})
