import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { buildReport } from './commands'
import { shareReport } from './commands-share'
import { subscribe, unsubscribe } from './commands-subscribe'
import { readSharedReport } from './reads-files'
import { readSubscriptions } from './reads-subscriptions'
import { ENGINEER, NOW, OWNER, type ReportWorld, reportWorld, VIEWER } from './report-world-fixture'
import { subscribeSchema } from './schema'

let world: ReportWorld
beforeAll(async () => {
  process.env.NEXTAUTH_SECRET = 'a secret of at least sixteen'
  world = await reportWorld()
  for (const person of [VIEWER, ENGINEER, OWNER])
    if (person.type === 'user')
      await pool().query('INSERT INTO "user" (id, email, name, role) VALUES ($1, $2, $3, $4::role)', [
        ...[person.id, person.email, person.name, person.role],
      ])
  const channel = async (name: string, kind: string, settings: unknown) => {
    const { rows } = await pool().query<{ id: number }>(
      'INSERT INTO channel (name, kind, settings) VALUES ($1, $2::channel_kind, $3) RETURNING id',
      [name, kind, settings],
    )
    await pool().query('INSERT INTO notification_route (channel_id) VALUES ($1)', [rows[0]?.id])
  }
  await channel('mail', 'email', { to: ['ops@example.org'], owners: true })
  await channel('more mail', 'email', { to: ['all@example.org'], owners: true })
  await channel('hook', 'webhook', { url: 'http://127.0.0.1:9/hook' })
  await channel('alertmanager', 'alertmanager', { url: 'http://127.0.0.1:9' })
})
afterAll(async () => world.drop())

const asked = (input: object) => subscribeSchema.parse(input)
const outbox = async () =>
  (
    await pool().query<{ name: string; subject: string; notice: { recipients: string[]; path: string; body: string[] } }>(
      'SELECT c.name, m.subject, m.notice FROM outbox_message m JOIN channel c ON c.id = m.channel_id ORDER BY m.id',
    )
  ).rows
const may = { service: 'checkout', month: '2026-05' }

describe('who is told of a report', () => {
  it('is who asked: everyone for themselves, owners for addresses; twice is once', async () => {
    const { id } = await subscribe(VIEWER, asked({ service: 'checkout' }))
    expect(await subscribe(VIEWER, asked({ service: 'checkout' }))).toEqual({ id })
    await subscribe(ENGINEER, asked({ team: 'payments' }))
    await subscribe(OWNER, asked({ address: 'Boss@example.org' }))
    await expect(subscribe(ENGINEER, asked({ address: 'x@example.org' }))).rejects.toThrow('Subscribe yourself.')
    await expect(subscribe(VIEWER, asked({ service: 'nothing' }))).rejects.toThrow('There is no service “nothing”.')
    expect(subscribeSchema.safeParse({ service: 'a', team: 'b' }).error?.issues[0]?.message).toContain('not both')
    expect((await readSubscriptions(VIEWER)).map(({ reader, mine }) => [reader, mine])).toEqual([['Vera', true]])
    expect(await readSubscriptions(OWNER)).toHaveLength(3)
  })

  it('hears of it once by mail, and other channels where their routes lead', async () => {
    await buildReport(OWNER, may, NOW)
    const told = await outbox()
    expect(told.map(({ name, subject }) => [name, subject])).toEqual([
      ['mail', 'Report: Checkout in May 2026'],
      ['hook', 'Report: Checkout in May 2026'],
    ])
    expect(told[0]?.notice).toMatchObject({ recipients: ['e@example.org', 'v@example.org'], path: '/reports/checkout/2026-05' })
    expect(told[0]?.notice.body[0]).toBe('All 2 objectives were met.')
  })

  it('hears nothing when nothing was written, and of the organisation who asked for that', async () => {
    await buildReport(OWNER, may, NOW + 60)
    expect(await outbox()).toHaveLength(2)
    await buildReport(OWNER, { service: null, month: '2026-05' }, NOW)
    expect((await outbox()).slice(2).map(({ name, notice }) => [name, notice.recipients])).toEqual([
      ['mail', ['boss@example.org']],
      ['hook', ['boss@example.org']],
    ])
  })

  it('hears of a correction, with what changed', async () => {
    await pool().query(`INSERT INTO release (service_id, version, released_at, created_by_name) VALUES ($1, '1.42', $2, 'ci')`, [
      world.service,
      NOW - 20 * 86_400,
    ])
    await buildReport(OWNER, may, NOW + 120)
    const [mail] = (await outbox()).slice(4)
    expect([mail?.subject, mail?.notice.body[0]]).toEqual([
      'Corrected report, revision 2: Checkout in May 2026',
      'What changed: Release 1.42 is in the report now',
    ])
  })

  it('ends it: everyone their own, owners any', async () => {
    const [mine] = await readSubscriptions(VIEWER)
    const theirs = (await readSubscriptions(OWNER)).find(({ reader }) => reader === 'Emil')
    await expect(unsubscribe(VIEWER, { id: theirs?.id ?? 0 })).rejects.toThrow('Subscribe yourself.')
    await unsubscribe(VIEWER, { id: mine?.id ?? 0 })
    await unsubscribe(OWNER, { id: theirs?.id ?? 0 })
    expect(await readSubscriptions(OWNER)).toHaveLength(1)
  })
})

describe('a link', () => {
  it('opens the report that it was made for, until it ends, and is written down', async () => {
    const { report } = await buildReport(OWNER, may, NOW)
    await expect(shareReport(ENGINEER, { id: report.id ?? 0, days: 3 }, NOW)).rejects.toThrow('share reports with people outside')
    const { url, until } = await shareReport(OWNER, { id: report.id ?? 0, days: 3 }, NOW)
    const { pathname, searchParams } = new URL(url)
    const link = {
      id: pathname.split('/').at(-1) ?? '',
      until: searchParams.get('until'),
      signature: searchParams.get('signature'),
    }
    expect(await readSharedReport(link, NOW)).toMatchObject({ html: expect.stringContaining('Checkout') })
    expect(await readSharedReport(link, until)).toBe('expired')
    expect(await readSharedReport({ ...link, id: '1' }, NOW)).toBe('forged')
    const { rows } = await pool().query(`SELECT actor_name FROM audit_entry WHERE action = 'report.share'`)
    expect(rows).toEqual([{ actor_name: 'Olga' }])
    await pool().query('DELETE FROM report')
    expect(await readSharedReport(link, NOW)).toBe('gone')
  })
})
