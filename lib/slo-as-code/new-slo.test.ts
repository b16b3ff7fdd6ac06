import { describe, expect, it } from 'vitest'
import { alertPolicySchema } from '../alert/alert-policy'
import { NO_ALERTS, TWO_TIER, WORKBOOK } from '../alert/presets'
import { sloDefinitionSchema } from '../slo/definition-input'
import { DAY, HOUR } from '../time-series/units'
import { alertsThere, measuredOver, measuresText, pairsText, promiseText } from './new-slo'

const definitionOf = (more: object = {}) =>
  sloDefinitionSchema.parse({
    ...{ slug: 'a', name: 'A', service: 'shop', dataSource: 'prometheus', target: 0.999 },
    indicator: { kind: 'availability', requests: 'requests_total{job="shop"}', failed: 'code=~"5.."' },
    window: { kind: 'rolling', days: 28 },
    ...more,
  })
const NOW = Date.UTC(2026, 0, 15, 12) / 1000
const assigned = (scope: string, { slug, name, settings }: typeof WORKBOOK) => ({
  id: 1,
  version: 1,
  scope,
  slug,
  name,
  settings,
})

describe('a new SLO in words', () => {
  it.each([
    [{}, 'target 99.90 %, window 28 d rolling, source prometheus'],
    [
      { window: { kind: 'calendar', unit: 'month', timeZone: 'Europe/Berlin' }, gating: true, noDataPolicy: 'count_as_bad' },
      'target 99.90 %, window calendar month in Europe/Berlin, source prometheus, missing data count as bad, gates releases',
    ],
    [
      { method: 'time_slices', sliceTarget: 0.95 },
      'target 99.90 %, window 28 d rolling, source prometheus, budget counted by time slices, slice target 95.00 %',
    ],
  ])('%j promises %s', (more, words) => expect(promiseText(definitionOf(more))).toBe(words))

  it.each([
    [
      { kind: 'availability', requests: 'requests_total{job="shop"}', failed: 'code=~"5.."' },
      'Measures availability: requests requests_total{job="shop"}; failed when code=~"5.."',
    ],
    [
      {
        kind: 'latency',
        histogram: 'request_seconds{job="shop"}',
        thresholdSeconds: 0.3,
        excluded: { label: 'path', values: ['/health'] },
      },
      'Measures latency: histogram request_seconds{job="shop"}; threshold 0.3 s; left out path /health',
    ],
    [
      { kind: 'throughput', events: 'orders_total{job="shop"}', floorPerSecond: 5 },
      'Measures throughput: events orders_total{job="shop"}; floor 5 per s',
    ],
    [
      { kind: 'good-total', good: ['a{job="x"}', 'b{job="x"}'], total: ['c{job="x"}'] },
      'Measures custom ratio: good a{job="x"} + b{job="x"}; total c{job="x"}',
    ],
    [
      { kind: 'ratio', expression: `a{job="${'b'.repeat(400)}"}` },
      `Measures custom ratio: expression a{job="${'b'.repeat(192)}…`,
    ],
  ])('%j: %s', (indicator, words) => expect(measuresText(definitionOf({ indicator }).indicator)).toBe(words))

  it('says how its own policy alerts', () => {
    expect(pairsText(TWO_TIER.settings)).toBe('page at 14.4× over 1 h and 5 min; ticket at 3× over 6 h and 30 min')
    const share = alertPolicySchema.parse({ pairs: [{ long: HOUR, severity: 'page', at: { share: 0.02 } }] })
    expect(pairsText(share)).toBe('page at 2 % of the budget over 1 h')
  })

  it('says which policy will hold: of its service, its tier, the default, or the one without any assignment', () => {
    const place = { serviceId: 7, tier: 'critical' }
    const all = [assigned('default', WORKBOOK), assigned('tier:critical', TWO_TIER), assigned('service:7', NO_ALERTS)]
    expect(alertsThere(all, place)).toBe('alerts “No alerts” (assigned to its service)')
    expect(alertsThere(all, { serviceId: 0, tier: 'critical' })).toBe('alerts “Two tiers” (assigned to its tier)')
    expect(alertsThere(all, { serviceId: 0, tier: 'standard' })).toBe('alerts “Workbook” (the default)')
    expect(alertsThere([], place)).toBe('alerts “Workbook” (nothing is assigned)')
  })

  it.each([
    [{ kind: 'rolling', days: 7 } as const, 30 * DAY, 'its last 7 d'],
    [{ kind: 'rolling', days: 28 } as const, 30 * DAY, 'its last 28 d'],
    [{ kind: 'rolling', days: 30 } as const, 30 * DAY - 300, 'its last 30 d'],
    [{ kind: 'rolling', days: 90 } as const, 30 * DAY, '30 d of its 90 d'],
    [{ kind: 'rolling', days: 7 } as const, 6 * HOUR, '6 h of its 7 d'],
    [{ kind: 'calendar', unit: 'month', timeZone: 'UTC' } as const, 30 * DAY, 'this month so far'],
    [{ kind: 'calendar', unit: 'month', timeZone: 'UTC' } as const, 2 * DAY, '2 d of this month'],
    [{ kind: 'calendar', unit: 'year', timeZone: 'UTC' } as const, 2 * DAY, '2 d of this year'],
  ])('%j with data of %d s was measured over %s', (window, length, words) =>
    expect(measuredOver(window, { measuredFrom: NOW - length, to: NOW })).toBe(words),
  )
})
