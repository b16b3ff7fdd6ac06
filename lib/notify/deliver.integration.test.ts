import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { pool, transaction } from '../db/client'
import { DAY, HOUR, MINUTE, toUnix } from '../time-series/units'
import { testChannel } from './commands'
import { deliverDue } from './deliver'
import { enqueue, enqueueIn } from './enqueue'
import { claim, LEASE } from './outbox'
import {
  clock,
  ENGINEER,
  http,
  made,
  mail,
  messages,
  notice,
  OWNER,
  outboxWorld,
  resolved,
  run,
  SECRET,
  sender,
  states,
  webhook,
} from './outbox-world-fixture'
import { outboxMessage } from './reads-outbox'

outboxWorld()

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

describe('receivers that fail', () => {
  it('one that answers 500 for an hour hears of it once, later', async () => {
    await webhook()
    await enqueue(pool(), notice())
    const until = clock() + HOUR
    http.answer = () => (clock() < until ? { status: 500, body: 'try\nlater' } : { status: 200 })
    for (; sender.passed < 3 * HOUR; sender.passed += MINUTE) await run()
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
    sender.delivery = { ...sender.delivery, mail: { url: 'smtp://127.0.0.1:1', from: 'h@example.org' } }
    await made({ kind: 'email', name: 'Mail', to: ['ops@example.org'] })
    await webhook()
    await enqueue(pool(), notice())
    await run()
    expect((await messages()).map(({ state, channel: { name } }) => [name, state])).toEqual([
      ['Mail', 'waiting'],
      ['Hook', 'sent'],
    ])
    expect((await messages())[0]?.lastError).toContain('ECONNREFUSED')
    for (; sender.passed < DAY + HOUR; sender.passed += 10 * MINUTE) await run()
    const { state, lastError, history } = await outboxMessage(OWNER, 1)
    expect(state).toBe('failed')
    expect(lastError).toMatch(/^given up after 24 h: .*ECONNREFUSED/)
    expect(history.length).toBeGreaterThan(20)
  })

  it('without a mail server mail waits and says why; with one it goes', async () => {
    sender.delivery = { ...sender.delivery, mail: { url: null, from: 'h@example.org' } }
    await made({ kind: 'email', name: 'Mail', to: ['ops@example.org'] })
    await enqueue(pool(), notice())
    await run()
    expect((await messages())[0]).toMatchObject({
      ...{ state: 'waiting', attempts: 0, lastError: 'no mail server is set: HEADROOM_SMTP_URL' },
    })
    sender.passed += 23 * HOUR
    sender.delivery = { ...sender.delivery, mail: { url: mail.url, from: 'h@example.org' } }
    await run()
    expect([await states(), mail.received.length]).toEqual([['sent'], 1])
    await enqueue(pool(), notice({ key: 'later' }))
    sender.delivery = { ...sender.delivery, mail: { url: null, from: 'h@example.org' } }
    sender.passed += 2 * HOUR
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
    sender.passed += MINUTE
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
    sender.passed += LEASE + 1
    await run()
    expect([await states(), http.received.length]).toEqual([['sent'], 1])
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
    const { clock: _, ...real } = sender.delivery
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
