import { describe, expect, it } from 'vitest'
import type { Cause } from '../ledger/cause'
import { type Evidence, recommend } from './recommend'

const OUTAGE: Cause = { kind: 'incident', id: 7, title: 'Cards refused', severity: 'sev1' }
const RELEASE: Cause = { kind: 'release', id: 3, version: '2.4.0', service: 'Checkout', slug: 'checkout' }
const NEEDED: Cause = { kind: 'dependency', id: 9, title: 'Database full', service: 'Orders database' }
const line = (cause: Cause, share: number) => ({ kind: cause.kind, cause, share })
const unexplained = (share: number) => ({ kind: 'unexplained' as const, cause: null, share })

const evidence = (change: Partial<Evidence> = {}): Evidence => ({
  ...{ sloId: 34, consumed: 1.5, lines: [unexplained(1.5)], findings: [], alerts: { pages: 0, tickets: 0 } },
  burn: { day: 6, pace: 1, window: 1.5 },
  ...{ incidents: new Map(), teamOf: new Map([['Orders database', 'Platform']]) },
  ...change,
})

describe('what to do', () => {
  it.each<[string, Partial<Evidence>, string, RegExp, string | null]>([
    [
      'an incident with open actions',
      {
        lines: [line(OUTAGE, 1.2), unexplained(0.3)],
        incidents: new Map([[7, { ended: true, reviewed: true, open: ['Alert on refusals', 'Second acquirer'] }]]),
      },
      'Close its open actions: Alert on refusals, and 1 more',
      /^“Cards refused” \(INC-7\) spent 120\.0 of the 150\.0 points/,
      '/incidents/7',
    ],
    [
      'an incident nobody reviewed',
      { lines: [line(OUTAGE, 1.2), unexplained(0.3)] },
      'Hold its retrospective and agree on actions',
      /It is not reviewed\.$/,
      '/incidents/7',
    ],
    [
      'an incident whose actions are done',
      { lines: [line(OUTAGE, 1.2), unexplained(0.3)], incidents: new Map([[7, { ended: true, reviewed: true, open: [] }]]) },
      'See whether its actions are enough',
      /Every action is done\.$/,
      '/incidents/7',
    ],
    [
      'an incident that goes on',
      { lines: [line(OUTAGE, 1.2), unexplained(0.3)], incidents: new Map([[7, { ended: false, reviewed: false, open: [] }]]) },
      'End the incident first',
      /It goes on\.$/,
      '/incidents/7',
    ],
    [
      'releases, together',
      { lines: [line(RELEASE, 0.3), line({ ...RELEASE, id: 4, version: '2.5.0' }, 0.2), unexplained(0.7), line(OUTAGE, 0.3)] },
      'Make releases smaller, or send them to a canary first',
      /^Releases \(2\.4\.0, 2\.5\.0\) spent 50\.0 of the 150\.0 points/,
      '/releases?service=checkout',
    ],
    [
      'what it needs',
      { lines: [line(NEEDED, 0.9), unexplained(0.6)] },
      'Talk to Platform about Orders database',
      /spent 90\.0 of the 150\.0 points/,
      '/incidents/9',
    ],
    [
      'a burst nobody explains',
      {},
      'Find the cause and claim it in the ledger',
      /^Nobody answers for 150\.0 of the 150\.0 points/,
      '/slos/34/ledger',
    ],
    [
      'an even burn',
      { burn: { day: 1.4, pace: 1.5, window: 1.5 } },
      'Mend what fails all the time, or lower the target',
      /1\.40× over a day, 1\.50× at its pace and 1\.50× over the window/,
      '/slos/34/what-if',
    ],
    [
      'a threshold between two bounds',
      { findings: [{ check: 'bucket-bound', severity: 'broken', message: 'Bounds are 0.25 and 0.5.' }] },
      'Move the threshold to a bucket bound',
      /^Bounds are/,
      '/slos/34/edit',
    ],
    [
      'a broken indicator comes first',
      { findings: [{ check: 'good-over-total', severity: 'broken', message: 'Good was larger than total.' }] },
      'Repair the indicator before anything else',
      /^Good was/,
      '/slos/34/edit',
    ],
    [
      'many alerts about a budget that is kept',
      {
        consumed: 0.4,
        lines: [line(OUTAGE, 0.1), unexplained(0.1), line(NEEDED, 0.1), line(RELEASE, 0.1)],
        burn: { day: 0, pace: 0.2, window: 0.4 },
        alerts: { pages: 4, tickets: 3 },
      },
      'Test a quieter alert policy on the past',
      /^4 pages and 3 tickets in 30 days, with 40\.0 % of the budget/,
      '/slos/34',
    ],
    [
      'an even burn within the budget, of which people were told',
      { consumed: 0.9, lines: [unexplained(0.9)], burn: { day: 0.9, pace: 0.9, window: 0.9 }, alerts: { pages: 0, tickets: 1 } },
      'See whether its alerts were worth it',
      /^0 pages and 1 ticket in 30 days, with 90\.0 % of the budget/,
      '/alerts?slo=34',
    ],
    [
      'nothing that stands out',
      { lines: [line(OUTAGE, 0.6), line({ ...OUTAGE, id: 8 }, 0.5), unexplained(0.4)] },
      'Look at what spends the budget',
      /the largest spent 60\.0 of the 150\.0 points/,
      '/slos/34/ledger',
    ],
  ])('about %s', (_, change, what, because, href) => {
    const [first] = recommend(evidence(change))
    expect(first).toMatchObject({ what, href })
    expect(first?.because).toMatch(because)
  })
  it('says everything that applies, in order', () => {
    const findings: Evidence['findings'] = [{ check: 'gaps', severity: 'doubtful', message: 'Two gaps.' }]
    const lines = [line(OUTAGE, 0.9), line(RELEASE, 0.6)]
    expect(recommend(evidence({ findings, lines })).map(({ what }) => what)).toEqual([
      'Hold its retrospective and agree on actions',
      'Make releases smaller, or send them to a canary first',
    ])
  })
})
