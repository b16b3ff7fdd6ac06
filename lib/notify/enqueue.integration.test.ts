import { describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { changeChannel } from './commands'
import { cancelMessage, replayMessage } from './commands-outbox'
import { enqueue, orderOf } from './enqueue'
import type { Notice } from './notice'
import { http, made, messages, notice, OWNER, outboxWorld, resolved, run, webhook } from './outbox-world-fixture'

outboxWorld()

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
