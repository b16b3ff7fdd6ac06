import { describe, expect, it } from 'vitest'
import { changesOf, type ToldAlert } from './alert-notices'
import { noticeOf } from './alert-words'
import { FIRED_AT, transition } from './transition-fixture'

const MUTED = { because: 'page', alertId: 9 } as const
const told = (id: number, open: boolean, change: Partial<ToldAlert> = {}): ToldAlert => ({
  ...{ id, open, sloId: 7, severity: 'page' },
  ...change,
})
const keys = (...args: Parameters<typeof changesOf>) => changesOf(...args).changes.map(({ key }) => key)

describe('people are told once per severity of an SLO', () => {
  const first = transition()
  const second = transition({ alertId: 2, long: 21_600 })
  it.each([
    ['the first pair fires', [first], [], ['alert 1 fired']],
    ['two pairs fire in one tick', [second, first], [], ['alert 1 fired']],
    ['another pair of it fires later', [second], [told(1, true)], []],
    ['the same transition again', [first], [told(1, true)], []],
    ['a ticket fires beside the page', [{ ...second, severity: 'ticket' }], [told(1, true)], ['alert 2 fired']],
    ['another SLO fires', [{ ...second, sloId: 8 }], [told(1, true)], ['alert 2 fired']],
    ['a muted one fires', [{ ...first, muted: MUTED }], [], []],
    ['a muted one is unmuted', [{ ...first, kind: 'unmuted' }], [], ['alert 1 fired']],
    ['one that was told is muted and unmuted', [{ ...first, kind: 'unmuted' }], [told(1, true)], []],
    ['one that was told is muted', [{ ...first, kind: 'muted', muted: MUTED }], [told(1, true)], []],
    ['one of two ends', [{ ...first, kind: 'resolved' }], [told(1, false), told(2, true)], []],
    ['the last one ends', [{ ...second, kind: 'resolved' }], [told(2, false)], ['alert 2 resolved']],
    [
      'one that was told ends while it is muted',
      [{ ...first, kind: 'resolved', muted: MUTED }],
      [told(1, false)],
      ['alert 1 resolved'],
    ],
    ['one ends that nobody was told of', [{ ...first, kind: 'resolved', muted: MUTED }], [], []],
    ['one ends and another fires in the same tick', [{ ...first, kind: 'resolved' }, second], [told(1, false)], []],
    ['one fires and ends in the same pass', [first, { ...first, kind: 'resolved' }], [], []],
  ] as [string, (typeof first)[], ToldAlert[], string[]][])('%s', (_, transitions, before, wanted) => {
    expect(keys(transitions, before)).toEqual(wanted)
  })

  it('and every unmuted alert counts as told, whether or not it had a notice of its own', () => {
    expect(changesOf([first, second, transition({ alertId: 3, muted: MUTED })], []).newlyTold).toEqual([1, 2])
  })
})

describe('the words', () => {
  const about = {
    service: { slug: 'checkout-api', name: 'Checkout', tier: 'critical', team: 'payments' },
    slo: { id: 7, slug: 'orders-placed', name: 'Orders placed' },
  }
  it('of a page say both windows, the threshold, since when, what is left, and the incident', () => {
    const notice = noticeOf({ key: 'k', event: 'alert.fired', about, pairs: [transition()], incidentId: 12 })
    expect(notice.subject).toBe('PAGE Checkout · Orders placed burns its budget 14.89× (28.4 % left)')
    expect(notice.body).toEqual([
      'Over the last 1 h it burns 14.89× what the budget allows (1\u202f489 of 100\u202f000 bad), over the last 5 min 13.77× ' +
        '(117 of 8\u202f500 bad). A page starts at 14.4× on both: 2.0 % of the budget in 1 h.',
      'This has held since Thu 16 Jul, 13:50 UTC.',
      '28.4 % of the budget is left; the objective is 99.90 %.',
      'It belongs to incident 12.',
    ])
    expect(notice).toMatchObject({ path: '/incidents/12', startsAt: FIRED_AT, endsAt: null, at: FIRED_AT, severity: 'page' })
  })

  it('of its end say how long it was and how it burns now', () => {
    const at = FIRED_AT + 42 * 60
    const ended = transition({ kind: 'resolved', at, firedAt: FIRED_AT })
    ended.evidence.short = { length: 300, good: 8_500, total: 8_500, burn: 0 }
    const notice = noticeOf({ key: 'k', event: 'alert.resolved', about, pairs: [ended], incidentId: null })
    expect(notice.subject).toBe('RESOLVED PAGE Checkout · Orders placed no longer burns its budget (28.4 % left)')
    expect(notice.body).toEqual([
      'It fired Thu 16 Jul, 13:52 UTC and ended Thu 16 Jul, 14:34 UTC, after 42 min.',
      'Over the last 5 min it burns 0.00× what the budget allows (0 of 8\u202f500 bad).',
      '28.4 % of the budget is left; the objective is 99.90 %.',
    ])
    expect(notice).toMatchObject({ path: '/slos/7', startsAt: FIRED_AT, endsAt: at })
  })

  it('of its end say nothing of burning when nobody looked any more', () => {
    const gone = transition({ kind: 'resolved', at: FIRED_AT + 600, firedAt: FIRED_AT })
    gone.evidence.at = FIRED_AT
    const { body } = noticeOf({ key: 'k', event: 'alert.resolved', about, pairs: [gone], incidentId: null })
    expect(body.join(' ')).not.toContain('it burns')
  })

  it('of one that was muted say since when it fires', () => {
    const late = transition({ kind: 'unmuted', at: FIRED_AT + 600, firedAt: FIRED_AT })
    const { body } = noticeOf({ key: 'k', event: 'alert.fired', about, pairs: [late], incidentId: null })
    expect(body[1]).toBe(
      'This has held since Thu 16 Jul, 14:00 UTC. It fired Thu 16 Jul, 13:52 UTC, and nobody was told while it was muted.',
    )
  })
})
