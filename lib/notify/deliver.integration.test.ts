import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Actor } from '../auth/actor'
import { pool, transaction } from '../db/client'
import { testDatabase } from '../db/test-database'
import { DAY, HOUR, MINUTE, toUnix } from '../time-series/units'
import { newChannelSchema } from './channel'
import { changeChannel, createChannel, deleteChannel, testChannel } from './commands'
import { cancelMessage, replayMessage } from './commands-outbox'
import { type Delivery, deliverDue } from './deliver'
import { enqueue, enqueueIn, orderOf } from './enqueue'
import type { Notice } from './notice'
import { claim, LEASE } from './outbox'
import { channel, listChannels } from './reads'
import { listOutbox, outboxMessage } from './reads-outbox'
import { pruneOutbox } from './retention'
import { type HttpSink, httpSink, type SmtpSink, smtpSink } from './sinks-fixture'

const OWNER: Actor = {
  type: 'user',
  id: '6f9b1c1e-8f1a-4c57-9a25-000000000001',
  name: 'Sofia',
  email: 's@example.org',
  role: 'slo_owner',
}
const ENGINEER: Actor = { ...OWNER, name: 'Emil', role: 'engineer' }
const VIEWER: Actor = { ...OWNER, name: 'Vera', role: 'viewer' }
const SECRET = 'a secret of the receiver'

let database: Awaited<ReturnType<typeof testDatabase>>
let http: HttpSink
let mail: SmtpSink
/** seconds that have passed for the sender */
let passed = 0
const clock = () => toUnix(new Date()) + passed
let delivery: Delivery

beforeAll(async () => {
  database = await testDatabase()
  http = await httpSink()
  mail = await smtpSink()
})
afterAll(async () => {
  await http.close()
  await mail.close()
  await database.drop()
})
beforeEach(async () => {
  await pool().query('TRUNCATE channel RESTART IDENTITY CASCADE')
  http.received.length = 0
  mail.received.length = 0
  http.answer = () => ({ status: 200, body: 'ok' })
  mail.refuse = () => null
  passed = 1
  delivery = {
    ...{ pool: pool(), clock, portal: 'https://headroom.example/' },
    mail: { url: mail.url, from: 'Headroom <h@example.org>' },
  }
})

const notice = (change: Partial<Notice> = {}): Notice => ({
  ...{
    key: 'alert 1 fired',
    event: 'alert.fired',
    severity: 'page',
    at: 1_784_210_000,
    subject: 'PAGE Checkout · Orders 14.89×',
  },
  ...{ body: ['It burns.'], path: '/incidents/12', incidentId: 12, startsAt: 1_784_209_900, endsAt: null, facts: {} },
  service: { slug: 'checkout-api', name: 'Checkout', tier: 'critical', team: 'payments' },
  slo: { id: 7, slug: 'orders-placed', name: 'Orders placed' },
  ...change,
})
const resolved = (change: Partial<Notice> = {}) =>
  notice({ ...{ key: 'alert 1 resolved', event: 'alert.resolved', endsAt: 1_784_213_600, subject: 'RESOLVED' }, ...change })
const made = async (input: Record<string, unknown>) =>
  (await createChannel(OWNER, newChannelSchema.parse({ name: `${input.kind} ${Math.floor(passed * 10)}`, ...input }))).id
const webhook = (change: Record<string, unknown> = {}) =>
  made({ kind: 'webhook', name: 'Hook', url: `${http.url}/hook`, secret: SECRET, ...change })
const messages = async () => (await listOutbox(OWNER, { limit: 100 })).items.toReversed()
const states = async () => (await messages()).map(({ state }) => state)
const run = () => deliverDue(delivery)

describe('every kind delivers exactly once', () => {
  it('a webhook, signed', async () => {
    await webhook()
    await enqueue(pool(), notice())
    await enqueue(pool(), notice())
    await run()
    await run()
    expect(http.received).toHaveLength(1)
    const [{ headers, body, path }] = http.received as [(typeof http.received)[0]]
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-headroom-signature'])) ?? []
    expect(v1).toBe(createHmac('sha256', SECRET).update(`${t}.${body}`).digest('hex'))
    expect(Math.abs(Number(t) - clock())).toBeLessThan(60)
    expect(path).toBe('/hook')
    expect(JSON.parse(body)).toMatchObject({ id: headers['idempotency-key'], link: 'https://headroom.example/incidents/12' })
    const [message] = await messages()
    expect(message).toMatchObject({ state: 'sent', attempts: 1, lastError: null, nextAttemptAt: null })
    expect((await outboxMessage(ENGINEER, 1)).history).toEqual([{ at: expect.any(Number), ok: true, detail: '200 OK' }])
  })

  it('mail, in text and HTML, with a Message-ID of its own', async () => {
    await made({ kind: 'email', to: ['ops@example.org', 'lead@example.org'] })
    await transaction((tx) => enqueueIn(tx, notice()))
    await run()
    await run()
    expect(mail.received).toHaveLength(1)
    const [{ from, to, source, signedIn }] = mail.received as [(typeof mail.received)[0]]
    expect({ from, to, signedIn }).toEqual({
      from: 'h@example.org',
      to: ['ops@example.org', 'lead@example.org'],
      signedIn: 'headroom',
    })
    const [message] = await messages()
    expect(source).toContain(`Message-ID: <notice-1-${message?.createdAt}@headroom.example>`)
    expect(source).toContain('Auto-Submitted: auto-generated')
    expect(source).toContain('Content-Type: text/plain')
    expect(source).toContain('Content-Type: text/html')
    expect(source).toContain('https://headroom.example/incidents/12')
  })

  it('Slack', async () => {
    await made({ kind: 'slack', url: `http://me:word@${new URL(http.url).host}/services/T0/B0` })
    await enqueue(pool(), notice())
    await run()
    expect(http.received.map(({ path, body }) => [path, Object.keys(JSON.parse(body))])).toEqual([['/services/T0/B0', ['text']]])
    expect(http.received[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:word').toString('base64')}`)
  })

  it('an Alertmanager, in what its API takes', async () => {
    // postableAlerts of api/v2/openapi.yaml: label names by the data model, values are text, instants RFC 3339.
    const labels = z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/), z.string().min(1))
    const postable = z.strictObject({
      labels: labels.refine((set) => 'alertname' in set),
      annotations: z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/), z.string()).optional(),
      ...{ startsAt: z.iso.datetime({ offset: true }).optional(), endsAt: z.iso.datetime({ offset: true }).optional() },
      generatorURL: z.url().optional(),
    })
    http.answer = ({ body, path, headers }) => {
      const { success, data } = z.array(postable).min(1).safeParse(JSON.parse(body))
      const ordered = data?.every(({ startsAt = '', endsAt = '' }) => startsAt <= endsAt)
      const fine = success && ordered && path === '/api/v2/alerts' && headers['content-type'] === 'application/json'
      return fine ? { status: 200 } : { status: 400, body: '"bad_data"' }
    }
    await made({ kind: 'alertmanager', url: http.url })
    for (const told of [
      notice(),
      resolved(),
      notice({ key: 'i', event: 'incident.opened', slo: null }),
      notice({ key: 'n', service: null }),
    ])
      await enqueue(pool(), told)
    await testChannel(OWNER, { id: 1 }, clock())
    await run()
    expect(await states()).toEqual(['sent', 'sent', 'sent', 'sent', 'sent'])
    const alerts = http.received
      .map(({ body }) => JSON.parse(body)[0])
      .filter(({ labels: { alertname } }) => alertname === 'HeadroomBudgetBurn')
    const fired = alerts.find(({ endsAt }) => new Date(endsAt) > new Date())
    const ended = alerts.find(({ annotations: { summary } }) => summary === 'RESOLVED')
    expect(ended.labels).toEqual(fired.labels)
    expect(new Date(fired.endsAt).getTime()).toBeGreaterThan(Date.now() + 300 * DAY)
  })
})

describe('routes', () => {
  it('decide by severity, tier and team; several that match are one message', async () => {
    const everything = { severities: [], tiers: [], teams: [] }
    await pool().query(
      `INSERT INTO team (slug, name) VALUES ('payments', 'Payments'), ('search', 'Search') ON CONFLICT DO NOTHING`,
    )
    const routes: [string, Record<string, unknown>[]][] = [
      ['all', [everything, everything]],
      ['pages', [{ severities: ['page'] }]],
      ['tickets', [{ severities: ['ticket'] }]],
      ['critical pages', [{ severities: ['page'], tiers: ['critical'] }]],
      ['standard', [{ tiers: ['standard'] }]],
      ['payments', [{ teams: ['payments'] }]],
      ['search or essential', [{ teams: ['search'] }, { tiers: ['essential'] }]],
    ]
    for (const [name, list] of routes) await webhook({ name, routes: list })
    await enqueue(pool(), notice())
    await enqueue(pool(), notice({ key: 'n', service: null }))
    const told = (key: string) =>
      messages().then((all) =>
        all
          .filter((one) => one.key === key)
          .map((one) => one.channel.name)
          .sort(),
      )
    expect(await told('alert 1 fired')).toEqual(['all', 'critical pages', 'pages', 'payments'])
    expect(await told('n')).toEqual(['all', 'pages'])
    const [search, web] = [
      { slug: 'find', name: 'Find', tier: 'standard', team: 'search' },
      { slug: 'shop', name: 'Shop', tier: 'critical', team: 'web' },
    ]
    await enqueue(pool(), notice({ key: 'two', services: [web, search], service: web }))
    expect(await told('two')).toEqual(['all', 'critical pages', 'pages', 'search or essential', 'standard'])
    await webhook({ name: 'critical of search', routes: [{ tiers: ['critical'], teams: ['search'] }] })
    await enqueue(pool(), notice({ key: 'both', services: [web, search], service: web }))
    await enqueue(pool(), notice({ key: 'none', services: [], service: null }))
    expect([await told('both'), await told('none')]).toEqual([await told('two'), ['all', 'pages']])
  })
})

describe('an end', () => {
  const incident = { slo: null, incidentId: 12, startsAt: 1_784_209_900 }
  const opened = (change: Partial<Notice> = {}) =>
    notice({ ...incident, key: 'incident:12:opened', event: 'incident.opened', ...change })
  const over = (change: Partial<Notice> = {}) =>
    notice({ ...incident, key: 'incident:12:resolved:3', event: 'incident.resolved', at: 1_784_213_600, ...change })
  const told = async () => (await messages()).map(({ channel: { name }, key }) => `${name}: ${key}`)

  it('reaches whoever holds the beginning and nobody else, whatever was edited meanwhile', async () => {
    const pages = await webhook({ name: 'pages', routes: [{ severities: ['page'] }] })
    await webhook({ name: 'off', routes: [{ severities: ['page'] }] })
    await webhook({ name: 'tickets', routes: [{ severities: ['ticket'] }] })
    await made({ kind: 'alertmanager', name: 'am', url: http.url, routes: [{ tiers: ['critical'] }] })
    await enqueue(pool(), opened())
    await changeChannel(OWNER, { id: 2, version: 1, enabled: false })
    await changeChannel(OWNER, { id: pages, version: 1, routes: [{ severities: ['ticket'], tiers: ['standard'], teams: [] }] })
    const service = { slug: 'shop', name: 'Shop', tier: 'essential', team: 'search' }
    await enqueue(pool(), over({ severity: 'ticket', service }))
    await enqueue(pool(), over({ severity: 'ticket', service }))
    const holders = ['pages', 'off', 'am']
    expect(await told()).toEqual([
      ...holders.map((name) => `${name}: incident:12:opened`),
      ...holders.map((name) => `${name}: incident:12:resolved:3`),
    ])
    await run()
    const alerts = http.received.filter(({ path }) => path.startsWith('/api')).map(({ body }) => JSON.parse(body)[0])
    expect(alerts).toHaveLength(2)
    expect(alerts[1].labels).toEqual(alerts[0].labels)
    expect([alerts[1].labels.severity, alerts[1].endsAt]).toEqual(['page', '2026-07-16T14:53:20.000Z'])
  })

  it('of an alert finds its beginning under another tier and slug, once', async () => {
    await made({ kind: 'alertmanager', url: http.url, routes: [{ tiers: ['critical'] }] })
    await enqueue(pool(), notice())
    const moved = { slo: { id: 7, slug: 'renamed', name: 'Renamed' }, service: null }
    await enqueue(pool(), resolved({ key: 'alert 2 resolved', ...moved }))
    await enqueue(pool(), resolved({ key: 'alert 3 resolved', ...moved }))
    await run()
    expect(await told()).toEqual(['alertmanager 10: alert 1 fired', 'alertmanager 10: alert 2 resolved'])
    const [fired, ended] = http.received.map(({ body }) => JSON.parse(body)[0])
    expect(ended.labels).toEqual(fired.labels)
  })

  it('ends every alert that an Alertmanager holds of an incident', async () => {
    await made({ kind: 'alertmanager', url: http.url })
    await enqueue(pool(), opened())
    await enqueue(pool(), opened({ key: 'incident:12:reopened:2', event: 'incident.reopened', severity: 'ticket' }))
    await enqueue(pool(), over({ severity: 'ticket' }))
    await run()
    const alerts = http.received.map(({ body }) => JSON.parse(body))
    expect(alerts[2].map(({ labels }: { labels: unknown }) => labels)).toEqual([alerts[1][0].labels, alerts[0][0].labels])
    for (const { endsAt } of alerts[2]) expect(endsAt).toBe('2026-07-16T14:53:20.000Z')
  })

  it('follows each time that an incident is reopened, where that was told', async () => {
    await webhook({ name: 'pages', routes: [{ severities: ['page'] }] })
    await webhook({ name: 'tickets', routes: [{ severities: ['ticket'] }] })
    await enqueue(pool(), opened())
    await enqueue(pool(), over())
    const reopened = opened({ key: 'incident:12:reopened:4', event: 'incident.reopened', severity: 'ticket' })
    for (const _ of [1, 2]) await enqueue(pool(), reopened)
    await enqueue(pool(), over({ key: 'incident:12:resolved:5', severity: 'ticket' }))
    await run()
    expect(await told()).toEqual([
      ...['pages: incident:12:opened', 'pages: incident:12:resolved:3'],
      ...['tickets: incident:12:reopened:4', 'tickets: incident:12:resolved:5'],
    ])
    expect(JSON.parse(http.received.at(-1)?.body ?? '')).not.toHaveProperty('alsoHeard')
  })

  it('is not told where the beginning was taken back, and is where it was sent again', async () => {
    await webhook()
    await enqueue(pool(), opened())
    await cancelMessage(OWNER, { id: 1 })
    await enqueue(pool(), over())
    expect(await told()).toHaveLength(1)
    await replayMessage(OWNER, { id: 1 })
    await enqueue(pool(), over())
    expect((await told()).slice(1)).toEqual(['Hook: incident:12:opened again 1', 'Hook: incident:12:resolved:3'])
  })

  it('looks for its beginning by an index', async () => {
    const { rows } = await pool().query(
      `SELECT indexdef FROM pg_indexes WHERE indexname = 'outbox_message_order_idx' AND indexdef LIKE '%incidentId%'`,
    )
    expect(rows).toHaveLength(1)
    const client = await pool().connect()
    try {
      await client.query('BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off')
      const plan = await client.query(
        `EXPLAIN SELECT 1 FROM outbox_message b WHERE b.channel_id = 1 AND ${orderOf('b.event', 'b.notice', 'NULL')} = 'incident 12'`,
      )
      expect(JSON.stringify(plan.rows)).toMatch(/outbox_message_order_idx.*Index Cond: .*incident 12/)
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  })
})

describe('receivers that fail', () => {
  it('one that answers 500 for an hour hears of it once, later', async () => {
    await webhook()
    await enqueue(pool(), notice())
    const until = clock() + HOUR
    http.answer = () => (clock() < until ? { status: 500, body: 'try\nlater' } : { status: 200 })
    for (; passed < 3 * HOUR; passed += MINUTE) await run()
    const answered = http.received.length
    expect(new Set(http.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    const { state, history } = await outboxMessage(OWNER, 1)
    expect(state).toBe('sent')
    expect(history.map(({ ok }) => ok)).toEqual([...Array(answered - 1).fill(false), true])
    expect(history[0]?.detail).toBe('500 Internal Server Error')
    expect(answered).toBeLessThan(10)
  })

  it.each([
    [400, 'failed'],
    [404, 'failed'],
    [302, 'waiting'],
    [408, 'waiting'],
    [425, 'waiting'],
    [429, 'waiting'],
    [503, 'waiting'],
  ])('one that answers %i leaves the message %s', async (status, state) => {
    await webhook()
    await enqueue(pool(), notice())
    http.answer = () => ({ status, body: `no such hook ${'x'.repeat(5_000)}`, headers: { 'retry-after': '900', location: '/' } })
    await run()
    const [message] = await messages()
    expect(message?.state).toBe(state)
    expect(message?.lastError).toMatch(new RegExp(`^${status} [A-Za-z ]+$`))
    if (state === 'waiting') expect(message?.nextAttemptAt).toBeGreaterThanOrEqual(clock() + 890)
  })

  it('a dead mail server keeps the mail, a dead channel delays nobody, and a day later it is given up', async () => {
    delivery = { ...delivery, mail: { url: 'smtp://127.0.0.1:1', from: 'h@example.org' } }
    await made({ kind: 'email', name: 'Mail', to: ['ops@example.org'] })
    await webhook()
    await enqueue(pool(), notice())
    await run()
    expect((await messages()).map(({ state, channel: { name } }) => [name, state])).toEqual([
      ['Mail', 'waiting'],
      ['Hook', 'sent'],
    ])
    expect((await messages())[0]?.lastError).toContain('ECONNREFUSED')
    for (; passed < DAY + HOUR; passed += 10 * MINUTE) await run()
    const { state, lastError, history } = await outboxMessage(OWNER, 1)
    expect(state).toBe('failed')
    expect(lastError).toMatch(/^given up after 24 h: .*ECONNREFUSED/)
    expect(history.length).toBeGreaterThan(20)
  })

  it('without a mail server mail waits and says why; with one it goes', async () => {
    delivery = { ...delivery, mail: { url: null, from: 'h@example.org' } }
    await made({ kind: 'email', name: 'Mail', to: ['ops@example.org'] })
    await enqueue(pool(), notice())
    await run()
    expect((await messages())[0]).toMatchObject({
      ...{ state: 'waiting', attempts: 0, lastError: 'no mail server is set: HEADROOM_SMTP_URL' },
    })
    passed += 23 * HOUR
    delivery = { ...delivery, mail: { url: mail.url, from: 'h@example.org' } }
    await run()
    expect([await states(), mail.received.length]).toEqual([['sent'], 1])
    await enqueue(pool(), notice({ key: 'later' }))
    delivery = { ...delivery, mail: { url: null, from: 'h@example.org' } }
    passed += 2 * HOUR
    await run()
    expect((await messages())[1]).toMatchObject({
      ...{ state: 'failed', lastError: 'given up after 24 h: no mail server is set: HEADROOM_SMTP_URL' },
    })
  })

  it('an address that does not exist fails at once; of several, the others are reached', async () => {
    mail.refuse = (address) => (address.startsWith('gone') ? 550 : null)
    await made({ kind: 'email', name: 'One', to: ['gone@example.org'] })
    await made({ kind: 'email', name: 'Two', to: ['gone@example.org', 'ops@example.org'] })
    await enqueue(pool(), notice())
    await run()
    expect(await states()).toEqual(['failed', 'sent'])
    expect((await outboxMessage(OWNER, 2)).history[0]?.detail).toContain('refused: gone@example.org')
  })
})

describe('order', () => {
  it('an end never overtakes its beginning, and others are not held up', async () => {
    await webhook()
    http.answer = ({ body }) => (JSON.parse(body).key === 'alert 1 fired' ? { status: 500 } : { status: 200 })
    const others = [{ slo: { id: 8, slug: 'b', name: 'B' } }, { severity: 'ticket' as const }]
    for (const [nth, other] of others.entries()) await enqueue(pool(), notice({ key: `other ${nth} fired`, ...other }))
    await enqueue(pool(), notice())
    await enqueue(pool(), resolved())
    for (const [nth, other] of others.entries()) await enqueue(pool(), resolved({ key: `other ${nth} resolved`, ...other }))
    await run()
    expect(await states()).toEqual(['sent', 'sent', 'waiting', 'waiting', 'sent', 'sent'])
    http.answer = () => ({ status: 200 })
    passed += MINUTE
    await run()
    expect(http.received.slice(-2).map(({ body }) => JSON.parse(body).event)).toEqual(['alert.fired', 'alert.resolved'])
    expect(new Set(await states())).toEqual(new Set(['sent']))
  })

  it('an end goes out when its beginning was given up', async () => {
    await webhook()
    http.answer = ({ body }) => (JSON.parse(body).event === 'alert.fired' ? { status: 400 } : { status: 200 })
    await enqueue(pool(), notice())
    await enqueue(pool(), resolved())
    await run()
    expect(await states()).toEqual(['failed', 'sent'])
  })

  it('two senders at once never send twice', async () => {
    await webhook()
    for (let i = 0; i < 60; i += 1) await enqueue(pool(), notice({ key: `k${i}`, slo: { id: i % 20, slug: 's', name: 'S' } }))
    await Promise.all([run(), run(), run()])
    await run()
    const names = http.received.map(({ headers }) => headers['idempotency-key'])
    expect([names.length, new Set(names).size]).toEqual([60, 60])
    expect(new Set(await states())).toEqual(new Set(['sent']))
  })

  it('a sender whose lease has lapsed does not write over the one that took over', async () => {
    await webhook()
    await enqueue(pool(), notice())
    await claim(pool(), 1, 4, clock())
    await run()
    expect(http.received).toHaveLength(0)
    passed += LEASE + 1
    await run()
    expect([await states(), http.received.length]).toEqual([['sent'], 1])
  })
})

describe('after 90 days', () => {
  it('what was sent or taken back is removed, except what has not ended yet and what failed', async () => {
    const id = await webhook()
    const age = (days: number) =>
      pool().query(`UPDATE outbox_message SET created_at = created_at - make_interval(days => $1)`, [days])
    http.answer = ({ body }) => ({ status: JSON.parse(body).key === 'failed' ? 400 : 200 })
    await enqueue(pool(), notice())
    await enqueue(pool(), notice({ key: 'failed', slo: { id: 8, slug: 'b', name: 'B' } }))
    await testChannel(OWNER, { id }, clock())
    await testChannel(OWNER, { id }, clock())
    await run()
    await enqueue(pool(), notice({ key: 'taken back', slo: { id: 9, slug: 'c', name: 'C' } }))
    await cancelMessage(OWNER, { id: 5 })
    await age(89)
    expect(await pruneOutbox(pool(), clock())).toBe(0)
    await age(1)
    await testChannel(OWNER, { id }, clock())
    passed += 1
    expect(await pruneOutbox(pool(), clock())).toBe(3)
    expect((await messages()).map(({ key }) => key)).toEqual(['alert 1 fired', 'failed', expect.stringContaining('test')])
    await testChannel(OWNER, { id }, clock())
    await enqueue(pool(), resolved())
    await run()
    expect(await pruneOutbox(pool(), clock())).toBe(1)
    expect((await messages()).map(({ key }) => key)).toContain('alert 1 resolved')
    const { rows } = await pool().query('SELECT count(*)::int AS attempts FROM delivery_attempt')
    expect(rows).toEqual([{ attempts: 4 }])
  })

  it('one that was sent again is sent again under a name of its own', async () => {
    await webhook()
    http.answer = () => ({ status: 400 })
    await enqueue(pool(), notice())
    for (const nth of [1, 2]) {
      await run()
      expect((await replayMessage(OWNER, { id: 1 })).messageId).toBe(nth + 1)
    }
    await run()
    await pool().query('DELETE FROM outbox_message WHERE id = 2')
    await replayMessage(OWNER, { id: 1 })
    expect((await messages()).map(({ key }) => key)).toEqual(['alert 1 fired', ...[2, 3].map((n) => `alert 1 fired again ${n}`)])
  })
})

describe('the clock', () => {
  afterEach(() => void vi.useRealTimers())

  it.each([HOUR, -HOUR])('of a poller may be %i s off: leases go by that of the database', async (off) => {
    await webhook()
    http.answer = () => ({ status: 500 })
    await enqueue(pool(), notice())
    await claim(pool(), 1, 1, toUnix(new Date()) + 1)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + off * 1000 })
    const { clock: _, ...real } = delivery
    await deliverDue(real)
    expect(http.received).toHaveLength(0)
    await pool().query(`UPDATE outbox_message SET leased_until = now() - interval '1 second'`)
    await deliverDue(real)
    expect(http.received).toHaveLength(1)
    const { rows } = await pool().query(
      `SELECT next_attempt_at BETWEEN now() AND now() + interval '1 minute' AS soon,
         (SELECT max(at) BETWEEN now() - interval '1 minute' AND now() FROM delivery_attempt) AS noted FROM outbox_message`,
    )
    expect(rows).toEqual([{ soon: true, noted: true }])
  })
})

describe('people', () => {
  it('turn a channel off and on again: what waits is kept, the end of it as well, and nothing new comes in', async () => {
    const id = await webhook()
    await enqueue(pool(), notice())
    await changeChannel(OWNER, { id, version: 1, enabled: false })
    await enqueue(pool(), notice({ key: 'new', slo: { id: 8, slug: 'b', name: 'B' } }))
    await enqueue(pool(), resolved())
    passed += 2 * DAY
    await run()
    expect([await states(), http.received.length]).toEqual([['waiting', 'waiting'], 0])
    passed = 1
    await changeChannel(OWNER, { id, version: 2, enabled: true })
    await run()
    expect(http.received.map(({ body }) => JSON.parse(body).event)).toEqual(['alert.fired', 'alert.resolved'])
  })

  it('send a failed or a sent one again, once, under another name', async () => {
    await webhook()
    http.answer = () => ({ status: 410 })
    await enqueue(pool(), notice())
    await expect(replayMessage(OWNER, { id: 1 })).rejects.toThrow('This message is not out yet')
    await run()
    const { messageId } = await replayMessage(OWNER, { id: 1 })
    await expect(replayMessage(OWNER, { id: 1 })).rejects.toThrow(`It is being sent again already, as message ${messageId}.`)
    http.answer = () => ({ status: 200 })
    await run()
    const third = await replayMessage(OWNER, { id: messageId })
    await run()
    expect((await messages()).map(({ key, state }) => [key, state])).toEqual([
      ['alert 1 fired', 'failed'],
      ['alert 1 fired again 1', 'sent'],
      ['alert 1 fired again 2', 'sent'],
    ])
    expect(third.messageId).toBeGreaterThan(messageId)
    expect(new Set(http.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(3)
  })

  it('cancel what waits, and only that', async () => {
    await webhook()
    await enqueue(pool(), notice())
    await cancelMessage(OWNER, { id: 1 })
    await run()
    expect([await states(), http.received.length]).toEqual([['cancelled'], 0])
    await expect(cancelMessage(OWNER, { id: 1 })).rejects.toThrow('This message is cancelled already.')
  })

  it('never read a secret, and change it without reading it', async () => {
    const id = await webhook({ url: `${http.url}/hook?token=hush` })
    const read = JSON.stringify([await listChannels(ENGINEER), await channel(ENGINEER, id)])
    const { rows } = await pool().query('SELECT before, after FROM audit_entry')
    for (const hidden of [SECRET, 'hush']) expect(read + JSON.stringify(rows)).not.toContain(hidden)
    expect(await channel(ENGINEER, id)).toMatchObject({ signed: true, address: `${http.url}/…` })
    await changeChannel(OWNER, { id, version: 1, name: 'Renamed' })
    await enqueue(pool(), notice())
    await run()
    expect(http.received[0]?.path).toBe('/hook?token=hush')
    await expect(changeChannel(OWNER, { id, version: 1, name: 'Late' })).rejects.toThrow(
      'Somebody changed this channel meanwhile.',
    )
    await expect(changeChannel(OWNER, { id, version: 2, to: ['a@example.org'] })).rejects.toThrow('Only mail has addresses')
  })

  it('hear how many unsent notices go with a channel', async () => {
    const id = await webhook()
    await enqueue(pool(), notice())
    await expect(webhook()).rejects.toThrow('Another channel is called “Hook”.')
    expect(await deleteChannel(OWNER, { id, version: 1 })).toEqual({ id, lost: 1 })
    expect(await messages()).toEqual([])
  })

  it('change channels as administrators and SLO owners only; viewers see none', async () => {
    const id = await webhook()
    for (const refused of [
      () => createChannel(ENGINEER, newChannelSchema.parse({ kind: 'email', name: 'M', to: ['a@example.org'] })),
      () => changeChannel(ENGINEER, { id, version: 1, enabled: false }),
      () => deleteChannel(ENGINEER, { id, version: 1 }),
      () => testChannel(ENGINEER, { id }),
      () => replayMessage(ENGINEER, { id: 1 }),
      () => cancelMessage(ENGINEER, { id: 1 }),
      () => listChannels(VIEWER),
      () => listOutbox(VIEWER, { limit: 1 }),
    ])
      await expect(refused()).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})
