import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SLO_STATES } from '../slo/state'
import { DAY } from '../time-series/units'
import { type AgendaFacts, agendaOf, MOST_SLOS, whyLookedAt } from './agenda'
import { healthOf } from './health'

/** 2026-07-15T12:00Z */
const NOW = Date.UTC(2026, 6, 15, 12) / 1000
const SINCE = NOW - 7 * DAY
type Slo = AgendaFacts['slos'][number]
const slo = (id: number, over: Partial<Slo> = {}): Slo => ({
  ...{
    id,
    name: `slo ${id}`,
    service: { name: 'Checkout' },
    state: 'healthy',
    since: SINCE - DAY,
    before: 'healthy',
    alert: null,
  },
  ...{ remaining: 0.8, remainingThen: 0.8 },
  ...over,
})
const facts = (over: Partial<AgendaFacts> = {}): AgendaFacts => ({
  ...{ since: SINCE, now: NOW, slos: [], incidents: [], actions: [], requests: [], waivers: [] },
  ...over,
})

describe('an SLO is looked at', () => {
  it.each<[string, Partial<Slo>, string | null]>([
    ['when it pages', { alert: 'page' }, 'pages now'],
    ['when it pages and got worse', { alert: 'page', state: 'critical' }, 'pages now, healthy → critical'],
    ['when it got worse', { state: 'critical' }, 'healthy → critical'],
    ['when it got better', { state: 'healthy', before: 'critical' }, 'critical → healthy'],
    ['when nobody knows any more', { state: 'no-data' }, 'healthy → no data'],
    ['when it lost five points', { remaining: 0.4, remainingThen: 0.45 }, '5.0 % of the budget less'],
    [
      'when it is still bad',
      { state: 'exhausted', before: 'exhausted', remaining: -0.125, remainingThen: -0.125 },
      'still exhausted, −12.5 % left',
    ],
    [
      'at the first review when its state is new',
      { before: null, state: 'warning', since: NOW - DAY },
      'warning since Tue 14 Jul',
    ],
    ['not when nothing changed', {}, null],
    ['not when it lost little', { remaining: 0.4, remainingThen: 0.44 }, null],
    ['at the first review when it came back', { before: null, since: NOW - DAY }, 'healthy since Tue 14 Jul'],
  ])('%s', (_, over, reason) => {
    expect(whyLookedAt(slo(1, over), { since: SINCE, now: NOW })?.reason ?? null).toBe(reason)
  })
})

describe('the agenda', () => {
  it('begins with open actions, goes from the worst to the rest, and ends with closing', () => {
    const items = agendaOf(
      facts({
        slos: [
          slo(1),
          slo(2, { state: 'exhausted', before: 'exhausted' }),
          slo(3, { remaining: 0.1, remainingThen: 0.5 }),
          slo(4, { state: 'warning' }),
          slo(5, { state: 'critical' }),
          slo(6, { alert: 'page' }),
        ],
        actions: [{ late: true }, { late: false }],
        incidents: [
          { id: 7, title: 'old', severity: 'sev1', status: 'resolved', startedAt: SINCE + 1 },
          { id: 8, title: 'open', severity: 'sev3', status: 'detected', startedAt: SINCE - 1 },
        ],
        requests: [{ outcome: 'refused' }, { outcome: 'waits' }],
        waivers: [{ status: 'active', until: NOW + DAY }],
      }),
    )
    expect(items.map(({ part, key, reason }) => `${part} ${key}: ${reason}`)).toEqual([
      'performance actions: 2 open, 1 late',
      'performance slo:6: pages now',
      'performance slo:5: healthy → critical',
      'performance slo:4: healthy → warning',
      'performance slo:3: 40.0 % of the budget less',
      'performance slo:2: still exhausted, 80.0 % left',
      'performance rest: 1 within budget',
      'incidents incident:8: SEV3, known, open',
      'incidents incident:7: SEV1, new, resolved',
      'decisions releases: 1 held back, 1 waiting',
      'decisions waivers: 1 in force',
      'decisions close: checklist and minutes',
    ])
  })
  it('has a screen for every part when nothing happened', () => {
    expect(agendaOf(facts({ slos: [slo(1)] })).map(({ key }) => key)).toEqual(['rest', 'quiet', 'close'])
  })
  it('keeps 500 SLOs to a dozen screens and a table', () => {
    const many = Array.from({ length: 500 }, (_, i) => slo(i + 1, i < 20 ? { state: 'critical' } : {}))
    const items = agendaOf(facts({ slos: many }))
    expect(items.filter(({ kind }) => kind === 'slo')).toHaveLength(MOST_SLOS)
    expect(items.find(({ kind }) => kind === 'rest')?.reason).toBe('488 SLOs, 8 of them changed less')
  })
  it('gives every item a key of its own and a reason, whatever the facts are', () => {
    const any = fc.record({
      ...{ state: fc.constantFrom(...SLO_STATES), before: fc.option(fc.constantFrom(...SLO_STATES)) },
      ...{ remaining: fc.option(fc.float({ min: -2, max: 1, noNaN: true })), since: fc.integer({ min: SINCE - DAY, max: NOW }) },
    })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (drawn) => {
        const items = agendaOf(facts({ slos: drawn.map((over, i) => slo(i, over)) }))
        expect(new Set(items.map(({ key }) => key)).size).toBe(items.length)
        expect(items.every(({ reason, title }) => reason !== '' && title !== '')).toBe(true)
        expect(items.at(-1)?.key).toBe('close')
      }),
    )
  })
})

describe('the health of a service', () => {
  it.each([
    [[{ name: 'A', state: 'healthy' as const }], 0, 'green', 'Its SLO is within budget'],
    [
      [
        { name: 'A', state: 'attention' as const },
        { name: 'B', state: 'healthy' as const },
      ],
      0,
      'yellow',
      'A is at attention',
    ],
    [[{ name: 'A', state: 'no-data' as const }], 0, 'yellow', 'A is without data'],
    [
      [
        { name: 'A', state: 'critical' as const },
        { name: 'B', state: 'warning' as const },
      ],
      0,
      'red',
      'A is critical',
    ],
    [[{ name: 'A', state: 'healthy' as const }], 1, 'red', 'An incident is open'],
    [[], 0, 'yellow', 'It has no SLO that is measured'],
  ])('of %j with %i open incidents is %s', (slos, open, health, because) => {
    expect(healthOf(slos, open)).toEqual({ health, because })
  })
})
