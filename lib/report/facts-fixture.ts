import { monthPeriod } from '../ledger/period'
import { NO_COUNTS } from '../slo/counts'
import type { StatusRules } from '../slo/status'
import { DEFAULT_STATUS_POLICY } from '../slo/status-policy'
import { DAY, HOUR, type UnixSeconds } from '../time-series/units'
import { hashOf } from './hash'
import type { MonthPlace, ObjectiveFacts } from './objective'
import { type ServiceFacts, serviceReport } from './service-report'

/** Facts of a small service, made of rules that anybody can count: ten events a minute, one in a thousand bad. */

export const RULES: StatusRules = {
  target: 0.99,
  window: { kind: 'rolling', days: 30 },
  noDataPolicy: 'ignore',
  coverageFloor: 0.9,
  minEvents: 0,
  policy: DEFAULT_STATUS_POLICY,
}

export const placeOf = (month: string, zone: string): MonthPlace => {
  const period = monthPeriod(month, zone)
  return { month, zone, period, asOf: period.to }
}

export function facts(place: MonthPlace, since: UnixSeconds = place.period.from - 40 * DAY): ObjectiveFacts {
  const counted = (ts: UnixSeconds) =>
    ts <= since ? NO_COUNTS : { good: ((ts - since) / 60) * 9.99, total: ((ts - since) / 60) * 10, measured: (ts - since) / 60 }
  return {
    id: 1,
    unit: 'events',
    rules: RULES,
    record: {
      ...{ slug: 'answers', name: 'Answers ½ – “right”', method: 'occurrences', sliceTarget: null },
      indicator: {
        kind: 'availability',
        requests: { metric: 'requests_total', matchers: [] },
        failed: [{ label: 'status', op: '=~', value: '5..' }],
      },
    },
    kind: 'availability',
    queries: [{ name: 'total', text: 'sum(requests_total)' }],
    versions: [],
    historyFrom: since,
    newest: place.period.to + DAY,
    measured: counted,
    adjusted: counted,
    ledger: null,
    quantiles: { quantiles: null, quantilesMissing: null },
  }
}

export function serviceFacts(place: MonthPlace): ServiceFacts {
  const { from } = place.period
  return {
    service: {
      ...{ slug: 'checkout', name: 'Kasse Zürich', description: 'पैसा', tier: 'critical', kind: 'api', team: 'Payments' },
      ...{ sloOwner: 'Olga', productOwner: null },
    },
    objectives: [facts(place)],
    incidents: [
      {
        ...{ id: 7, title: 'Ärger <b>', severity: 'sev2', from: from + 3 * DAY, detectionSeconds: 90, rootCause: '' },
        ...{ acknowledgedAt: from + 3 * DAY + 300, mitigatedAt: from + 3 * DAY + HOUR, resolvedAt: null, reviewedAt: null },
        ...{ retrospectiveAt: null, falsePositive: false, recordedAt: from + 3 * DAY, stretches: [], actions: [] },
      },
    ],
    releases: [],
    decisions: { review: 1, approve: 2 },
    corrections: [],
    waivers: [],
    address: 'https://headroom.example',
  }
}

if (process.argv[1]?.endsWith('facts-fixture.ts')) {
  const places = [
    placeOf('2026-03', 'Europe/Berlin'),
    placeOf('2026-06', 'Asia/Kathmandu'),
    placeOf('2026-11', 'America/St_Johns'),
  ]
  process.stdout.write(JSON.stringify(places.map((place) => hashOf(serviceReport(serviceFacts(place), place)))))
}
