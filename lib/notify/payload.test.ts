import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GIVE_UP_AFTER, nextAttempt, waitAfter } from './backoff'
import { addressText, channelChangeSchema, newChannelSchema, routeText } from './channel'
import type { Notice } from './notice'
import {
  alertmanagerBody,
  alertmanagerUrl,
  mailHtml,
  messageName,
  type Outgoing,
  signatureOf,
  slackBody,
  webhookBody,
} from './payload'

const AT = Date.UTC(2026, 6, 16, 13, 52) / 1000
const notice: Notice = {
  ...{
    key: 'alert 1 fired',
    event: 'alert.fired',
    severity: 'page',
    at: AT,
    subject: 'PAGE A & B <burns>',
    body: ['One.', 'Two <b>.'],
  },
  ...{ path: '/slos/7', incidentId: null, startsAt: AT - 60, endsAt: null, facts: { remaining: 0.3 } },
  service: { slug: 'checkout-api', name: 'Checkout', tier: 'critical', team: 'payments' },
  slo: { id: 7, slug: 'orders-placed', name: 'Orders placed' },
}
const outgoing = (change: Partial<Notice> = {}): Outgoing => ({
  ...{ name: messageName(12, AT), notice: { ...notice, ...change }, link: 'https://headroom.example/slos/7' },
})

describe('a signature', () => {
  it('is the HMAC-SHA256 of "t.body", as openssl computes it', () => {
    // printf '1784209920.{"id":"notice-12"}' | openssl dgst -sha256 -hmac 'a secret of the receiver'
    expect(signatureOf('a secret of the receiver', '{"id":"notice-12"}', 1_784_209_920)).toBe(
      't=1784209920,v1=97dccac71659bbe0a651f93a5a51b648f7be7532407086fb71e40a160d912e97',
    )
  })
})

describe('what is sent', () => {
  it('to programs has ISO instants, a name that stays the same, and a link', () => {
    expect(JSON.parse(webhookBody(outgoing()))).toEqual({
      ...{ id: `notice-12-${AT}`, key: 'alert 1 fired', event: 'alert.fired', severity: 'page', subject: 'PAGE A & B <burns>' },
      ...{ at: '2026-07-16T13:52:00.000Z', startsAt: '2026-07-16T13:51:00.000Z', endsAt: null, body: ['One.', 'Two <b>.'] },
      ...{ service: notice.service, slo: notice.slo, incidentId: null, facts: { remaining: 0.3 } },
      link: 'https://headroom.example/slos/7',
    })
  })

  it('to Slack and by mail cannot be mistaken for markup', () => {
    expect(JSON.parse(slackBody(outgoing())).text).toBe(
      '*PAGE A &amp; B &lt;burns&gt;*\nOne.\nTwo &lt;b&gt;.\n<https://headroom.example/slos/7|Open in Headroom>',
    )
    expect(mailHtml(outgoing())).toContain('<p>Two &lt;b&gt;.</p>')
  })

  it('to an Alertmanager keeps the labels of an alert from its beginning to its end', () => {
    const [fired] = JSON.parse(alertmanagerBody(outgoing()))
    const [ended] = JSON.parse(alertmanagerBody(outgoing({ key: 'x', event: 'alert.resolved', at: AT + 600, endsAt: AT + 600 })))
    expect(fired.labels).toEqual({
      ...{ alertname: 'HeadroomBudgetBurn', headroom_alert: 'slo-7-page', severity: 'page', service: 'checkout-api' },
      ...{ slo: 'orders-placed', tier: 'critical', team: 'payments' },
    })
    expect(ended.labels).toEqual(fired.labels)
    expect([fired.startsAt, fired.endsAt]).toEqual(['2026-07-16T13:51:00.000Z', '2027-07-16T13:52:00.000Z'])
    expect(ended.endsAt).toBe('2026-07-16T14:02:00.000Z')
  })

  it.each([
    ['http://am:9093', 'http://am:9093/api/v2/alerts'],
    ['http://am:9093/', 'http://am:9093/api/v2/alerts'],
    ['https://example.org/alertmanager', 'https://example.org/alertmanager/api/v2/alerts'],
    ['https://example.org/api/v2/alerts', 'https://example.org/api/v2/alerts'],
  ])('an Alertmanager at %s is reached at %s', (written, reached) => expect(alertmanagerUrl(written)).toBe(reached))
})

describe('another attempt', () => {
  it.each([
    [1, 10],
    [2, 30],
    [3, 120],
    [4, 600],
    [5, 1_800],
    [6, 3_600],
    [23, 3_600],
  ])('after %i failed ones waits about %i s, the same for the same message', (attempts, seconds) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (id) => {
        const wait = waitAfter(attempts, id)
        expect(wait).toBeGreaterThanOrEqual(Math.floor(seconds * 0.8))
        expect(wait).toBeLessThanOrEqual(Math.ceil(seconds * 1.2))
        expect(waitAfter(attempts, id)).toBe(wait)
      }),
    )
  })

  it('is spread: messages that failed together come back apart', () => {
    const waits = new Set(Array.from({ length: 100 }, (_, id) => waitAfter(4, id + 1)))
    expect(waits.size).toBeGreaterThan(60)
  })

  it('is not made once the message would be a day old', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (id) => {
        let now = AT
        let attempts = 0
        for (let next: number | null = now; next !== null; next = nextAttempt({ id, attempts, createdAt: AT }, now)) {
          now = next
          attempts += 1
        }
        expect(now - AT).toBeLessThan(GIVE_UP_AFTER)
        expect(now - AT).toBeGreaterThan(GIVE_UP_AFTER - 1.2 * 3_600)
        expect(attempts).toBeLessThan(40)
      }),
    )
  })
})

describe('a channel', () => {
  const base = { name: 'On call', kind: 'webhook', url: 'https://hooks.example.org/x', secret: 'sixteen or more characters' }
  const sentenceAt = (input: unknown) => newChannelSchema.safeParse(input).error?.issues[0]?.message
  it.each([
    [
      { ...base, url: 'ftp://example.org' },
      'Write an address that begins with http:// or https://, for example https://hooks.example.org/headroom.',
    ],
    [
      { ...base, url: 'javascript:alert(1)' },
      'Write an address that begins with http:// or https://, for example https://hooks.example.org/headroom.',
    ],
    [{ ...base, url: '' }, 'Write the address the notices go to, for example https://hooks.example.org/headroom.'],
    [{ ...base, secret: 'short' }, 'Write a secret of at least 16 characters. The receiver checks the signature with it.'],
    [{ ...base, kind: 'pager' }, 'The kind is one of email, slack, webhook, alertmanager.'],
    [{ name: 'M', kind: 'email', to: ['nobody'] }, 'Write e-mail addresses like ops@example.org.'],
    [{ name: 'M', kind: 'email', to: [] }, 'Name at least one address.'],
    [{ ...base, routes: [] }, 'Say what goes to the channel: at least one route. Empty lists mean everything.'],
    [{ ...base, routes: [{ severities: ['sms'] }] }, 'A severity is page or ticket.'],
    [{ ...base, name: ' ' }, 'Give the channel a name, for example Payments on call.'],
  ])('is refused in a sentence: %j', (input, sentence) => expect(sentenceAt(input)).toBe(sentence))

  it.each([
    'http://169.254.169.254/latest',
    'http://0xa9fea9fe',
    'https://[fe80::1]:9093',
    'http://[febf::1]',
    'http://[::ffff:169.254.0.1]',
  ])('is refused at %s, in a sentence', (url) =>
    expect(sentenceAt({ ...base, url })).toBe(
      'Write an address that is not link-local (169.254.0.0/16, fe80::/10): no receiver of notices is there.',
    ),
  )

  it.each([
    'http://127.0.0.1:9093',
    'http://[::1]/',
    'http://10.0.0.1',
    'http://192.168.1.4',
    'http://[fd00::1]',
    'http://169.25.4.1',
  ])('may be at %s', (url) => expect(sentenceAt({ ...base, url })).toBeUndefined())

  it('that is changed keeps what is left out', () => {
    expect(channelChangeSchema.parse({ version: 3, enabled: false })).toEqual({ version: 3, enabled: false })
  })

  it.each([
    ['slack', 'https://hooks.slack.com/services/T0/B0/secret', 'https://hooks.slack.com/…'],
    ['webhook', 'https://me:word@example.org/hook?token=secret', 'https://example.org/…'],
    ['alertmanager', 'http://me:word@am:9093/prefix', 'http://am:9093/prefix'],
    ['alertmanager', 'http://am:9093', 'http://am:9093'],
  ] as const)('of kind %s never shows what is secret in %s', (kind, url, shown) =>
    expect(addressText(kind, { to: [], url })).toBe(shown),
  )

  it.each([
    [{ severities: [], tiers: [], teams: [] }, 'pages and tickets'],
    [{ severities: ['page'], tiers: ['critical', 'best_effort'], teams: [] }, 'pages of critical and best effort services'],
    [
      { severities: ['ticket'], tiers: [], teams: ['payments', 'search', 'web'] },
      'tickets of services of payments, search and web',
    ],
  ] as const)('says in words what goes to it: %j', (route, words) =>
    expect(routeText({ severities: [...route.severities], tiers: [...route.tiers], teams: [...route.teams] })).toBe(words),
  )
})
