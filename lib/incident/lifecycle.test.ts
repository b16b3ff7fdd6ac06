import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  durationsOf,
  INCIDENT_STATUSES,
  INCIDENT_VERBS,
  type IncidentStatus,
  type IncidentTimes,
  type IncidentVerb,
  isPossible,
  moved,
  timeProblems,
} from './lifecycle'

const NEW: IncidentTimes = {
  ...{ startedAt: 1_000, detectedAt: 1_100, acknowledgedAt: null, mitigatedAt: null, resolvedAt: null, reviewedAt: null },
}

describe('the states of an incident', () => {
  it.each<[IncidentStatus, Partial<Record<IncidentVerb, IncidentStatus>>]>([
    ['detected', { acknowledge: 'acknowledged', mitigate: 'mitigated', resolve: 'resolved' }],
    ['acknowledged', { mitigate: 'mitigated', resolve: 'resolved' }],
    ['mitigated', { resolve: 'resolved', reopen: 'detected' }],
    ['resolved', { reopen: 'detected', review: 'reviewed' }],
    ['reviewed', { reopen: 'detected' }],
  ])('from %s', (status, wanted) => {
    const found = Object.fromEntries(
      INCIDENT_VERBS.flatMap((verb) => {
        const next = moved(status, NEW, verb, 2_000)
        return next ? [[verb, next.status]] : []
      }),
    )
    expect(found).toEqual(wanted)
  })

  it('what was acknowledged stays so when it is reopened', () => {
    const times = { ...NEW, acknowledgedAt: 1_200, mitigatedAt: 1_300, resolvedAt: 1_400, reviewedAt: 1_500 }
    expect(moved('reviewed', times, 'reopen', 2_000)).toEqual({
      status: 'acknowledged',
      times: { ...NEW, acknowledgedAt: 1_200 },
    })
  })

  it('resolving ends the harm that nobody had ended, and leaves an end that is known', () => {
    expect(moved('detected', NEW, 'resolve', 2_000)?.times).toMatchObject({ mitigatedAt: 2_000, resolvedAt: 2_000 })
    expect(moved('mitigated', { ...NEW, mitigatedAt: 1_500 }, 'resolve', 2_000)?.times).toMatchObject({ mitigatedAt: 1_500 })
  })

  it('any sequence of verbs at later and later instants keeps times in order, and the states in theirs', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...INCIDENT_VERBS), fc.nat(500)), { maxLength: 30 }), (steps) => {
        let [status, times, now] = ['detected' as IncidentStatus, NEW, 1_100]
        for (const [verb, later] of steps) {
          now += later
          const next = moved(status, times, verb, now)
          expect(next !== null).toBe(isPossible(status, verb))
          if (!next) continue
          const forward = INCIDENT_STATUSES.indexOf(next.status) > INCIDENT_STATUSES.indexOf(status)
          expect(forward).toBe(verb !== 'reopen')
          ;({ status, times } = next)
          expect(timeProblems(times, now)).toEqual([])
          expect(times.mitigatedAt === null).toBe(status === 'detected' || status === 'acknowledged')
          expect(times.resolvedAt === null).toBe(status !== 'resolved' && status !== 'reviewed')
        }
      }),
    )
  })
})

describe('times', () => {
  it.each<[string, Partial<IncidentTimes>, string]>([
    ['an end before the start', { mitigatedAt: 999 }, 'mitigatedAt'],
    ['detected before it began', { startedAt: 1_101 }, 'detectedAt'],
    ['acknowledged before it was detected', { acknowledgedAt: 1_099 }, 'acknowledgedAt'],
    ['resolved before it was mitigated', { mitigatedAt: 1_300, resolvedAt: 1_200 }, 'resolvedAt'],
    ['resolved before it was detected', { resolvedAt: 1_050 }, 'resolvedAt'],
    ['reviewed before it was resolved', { resolvedAt: 1_300, reviewedAt: 1_200 }, 'reviewedAt'],
    ['a start that is still to come', { startedAt: 9_001, detectedAt: 9_000 }, 'startedAt'],
  ])('%s is refused at its field', (_, change, field) => {
    const problems = timeProblems({ ...NEW, ...change }, 9_000)
    expect(problems.map(({ path }) => path)).toContain(field)
    for (const { message } of problems) expect(message).toMatch(/Write/)
  })

  it('harm may end before anybody noticed', () => {
    expect(timeProblems({ ...NEW, mitigatedAt: 1_050 }, 9_000)).toEqual([])
  })

  it('durations count from the start of the harm', () => {
    expect(durationsOf({ ...NEW, acknowledgedAt: 1_160, mitigatedAt: 4_600 })).toEqual({
      ...{ detect: 100, acknowledge: 160, mitigate: 3_600, resolve: null },
    })
  })
})
