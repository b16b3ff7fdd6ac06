import { HtmlValidate } from 'html-validate'
import { describe, expect, it } from 'vitest'
import { MINUTE } from '../time-series/units'
import type { Live } from './live'
import { minutesOf } from './minutes'
import { minutesHtml } from './minutes-html'
import { minutesMarkdown } from './minutes-markdown'
import type { Snapshot } from './snapshot'
import { startedTimer } from './timer'

/** 2026-07-15T12:30Z: half past two in Berlin. */
const START = Date.UTC(2026, 6, 15, 12, 30) / 1000
const checkout = { slug: 'checkout', name: 'Checkout <api>' }
const payments = { slug: 'payments', name: 'Payments' }
const slo: Snapshot['slos'][number] = {
  ...{
    id: 1,
    name: 'Orders',
    service: checkout,
    target: 0.99,
    window: '7 d',
    state: 'critical',
    since: START,
    before: 'healthy',
  },
  ...{ sli: 0.98, remaining: 0.1805, remainingThen: 0.538, burn: { h1: 3, h6: 3, h24: 3 }, pace: 2.3, alert: null },
  outlook: { kind: 'lasts', floor: null, periodEnd: null },
}
const SNAPSHOT: Snapshot = {
  ...{ format: 1, asOf: START, takenAt: START, since: START - 604_800, last: null, occurrence: START, next: null },
  ...{
    timeZone: 'Europe/Berlin',
    checklist: ['All seen', 'Owners named'],
    cycle: { name: 'Shop weekly', scope: 'team', of: payments },
  },
  services: [
    { ...checkout, id: 1, owner: null },
    { ...payments, id: 2, owner: null },
  ],
  slos: [slo, { ...slo, id: 2, name: 'Cards', service: payments, state: 'healthy', remaining: 0.9 }],
  ...{ evidence: {}, waivers: [] },
  incidents: [
    {
      ...{
        id: 4,
        title: 'Cards declined',
        severity: 'sev2',
        status: 'reviewed',
        startedAt: START - 900,
        mitigatedAt: START - 300,
      },
      ...{ resolvedAt: START - 300, services: [checkout, payments], commander: null, worst: null, summary: '', rootCause: '' },
      ...{ suspected: null, needsRetrospective: false, retrospectiveAt: null, actions: { open: 0, all: 0 } },
    },
  ],
  actions: [
    { id: 70, title: 'Old one', owner: 'Emil', dueOn: '2026-07-10', late: true, from: 'INC-3', service: payments },
    { id: 71, title: 'Done now', owner: null, dueOn: null, late: false, from: 'INC-3', service: payments },
  ],
  requests: [{ id: 9, service: checkout, version: '1.2', outcome: 'refused', at: START - 60, by: 'Emil', because: 'No budget.' }],
  items: [
    { key: 'slo:1', part: 'performance', kind: 'slo', id: 1, title: 'Orders', reason: 'healthy → critical' },
    {
      key: 'incident:4',
      part: 'incidents',
      kind: 'incident',
      id: 4,
      title: 'INC-4 Cards declined',
      reason: 'SEV2, new, reviewed',
    },
    { key: 'close', part: 'decisions', kind: 'close', id: null, title: 'Close', reason: 'checklist and minutes' },
  ],
}
const LIVE: Live = {
  ...{ id: 12, revision: 9, sequence: 4, status: 'running', step: 2, facilitator: 'Sofia', done: [71], now: START },
  timer: { ...startedTimer(START), spent: { 'slo:1': 480, 'incident:4': 300 }, itemFrom: 780 },
  ticks: [{ line: 0, by: 'Sofia', at: START }],
  decisions: [
    { id: 1, item: 'slo:1', text: 'Freeze *releases*', by: 'Pablo', at: START },
    { id: 2, item: 'close', text: 'Meet on Tuesdays', by: 'Ada', at: START },
  ],
  actions: [
    {
      id: 80,
      version: 1,
      item: 'slo:1',
      title: 'Move the pool | now',
      owner: { id: 'x', name: 'Emil' },
      dueOn: '2026-07-17',
      at: START,
    },
  ],
}
const minutes = minutesOf(SNAPSHOT, LIVE, START + 20 * MINUTE)

describe('minutes', () => {
  it('stand by service, worst first, with what was captured beside each', () => {
    expect(minutes.services.map(({ name, health, because }) => [name, health, because])).toEqual([
      ['Checkout <api>', 'red', 'Orders is critical'],
      ['Payments', 'green', 'Its SLO is within budget'],
    ])
    expect(minutes.services[0]).toMatchObject({
      budget: { slo: 'Orders', remaining: 0.1805 },
      issues: ['Orders: healthy → critical, 18.0 % left', 'INC-4 Cards declined: SEV2, new, reviewed', 'Release 1.2 was refused'],
      decisions: [{ text: 'Freeze *releases*', by: 'Pablo' }],
      actions: [{ title: 'Move the pool | now', owner: 'Emil', status: 'new' }],
    })
    expect(minutes.services[1]?.actions.map(({ id, status, late }) => [id, status, late])).toEqual([
      [70, 'carried', true],
      [71, 'done', false],
    ])
    expect(minutes.general).toMatchObject({ actions: [], decisions: [{ text: 'Meet on Tuesdays' }] })
  })
  it('say how long it took', () => {
    expect(minutes.took).toEqual({ whole: 1200, parts: { performance: 480, incidents: 300, decisions: 420 } })
  })
  it('are Markdown in which nothing that people wrote is markup', () => {
    const text = minutesMarkdown(minutes)
    expect(text).toContain('# Shop weekly, Wed 15 Jul 2026')
    expect(text).toContain('- Held: 14:30 to 14:50 (Europe/Berlin), 20:00 of meeting, run by Sofia')
    expect(text).toContain('| Payments | Green | Its SLO is within budget | 90.0 % (Cards) |')
    expect(text).toContain('- [ ] Move the pool \\| now (Emil; due Fri 17 Jul; new)')
    expect(text).toContain('- [ ] Old one (Emil; due Fri 10 Jul; carried over, late)')
    expect(text).toContain('- [x] Done now (no owner; done)')
    expect(text).toContain('- Freeze \\*releases\\* (Pablo)')
    expect(text).toContain('- [x] All seen (Sofia)\n- [ ] Owners named')
  })
  it('are one HTML file without scripts, in order', async () => {
    const html = minutesHtml(minutes)
    expect(html).toContain('<h2>Checkout &lt;api&gt; <span class="mark red">')
    expect(html).not.toMatch(/<script|src=|href=|url\(/)
    const report = await new HtmlValidate({ extends: ['html-validate:standard'] }).validateString(html)
    expect(report.results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))).toEqual([])
  })
})
