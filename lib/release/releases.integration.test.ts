import { spawn, spawnSync } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { decideCorrection, requestCorrection } from '../correction/commands'
import { newCorrectionSchema } from '../correction/schema'
import { pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { type TestSlos, testSlos } from '../db/test-slos'
import { ensurePartitions } from '../measurement/partitions'
import { type Sample, writeSamples } from '../measurement/samples'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { deleteRelease, reportRelease } from './commands'
import { decideAttribution } from './commands-decide'
import { proposeAttributions } from './commands-propose'
import { listReleases, waitingAttributions } from './reads'
import { burnsAround } from './reads-burn'
import { newReleaseSchema, releaseFilterSchema } from './schema'

const ENGINEER: Actor = {
  type: 'user',
  id: '6f9b1c1e-8f1a-4c57-9a25-000000000001',
  name: 'Emil',
  email: 'e@example.org',
  role: 'engineer',
}
const OWNER: Actor = { ...ENGINEER, id: '6f9b1c1e-8f1a-4c57-9a25-000000000002', name: 'Sofia', role: 'slo_owner' }
const VIEWER: Actor = { ...ENGINEER, name: 'Vera', role: 'viewer' }
const NOW = Date.UTC(2026, 6, 16, 20) / 1000
const FROM = NOW - 8 * DAY
const AT = NOW - 7 * HOUR

let database: Awaited<ReturnType<typeof testDatabase>>
let slos: TestSlos
let sloId = 0
let otherId = 0

/** Counts of every minute: a hundred events, one failure in ten minutes, and what a test adds. */
let extra: (minute: number) => number = () => 0
async function fill(id: number, until = NOW): Promise<void> {
  for (const table of ['sample_1m', 'sample_5m', 'sample_1h', 'sample_1d'])
    await pool().query(`DELETE FROM ${table} WHERE slo_id = $1`, [id])
  const sum = { good: 0, total: 0, measured: 0 }
  const samples: Sample[] = []
  for (let ts = FROM + MINUTE; ts <= until; ts += MINUTE) {
    const bad = (ts / MINUTE) % 10 === 0 ? 1 : 0
    const more = Math.min(99, extra((ts - MINUTE - AT) / MINUTE))
    sum.total += 100
    sum.good += 100 - Math.max(bad, more)
    sum.measured += 1
    samples.push({ sloId: id, ts, ...sum })
  }
  await writeSamples(pool(), samples, NOW)
  await pool().query(`UPDATE slo_evaluation SET history_from = $2, backfill = 'done' WHERE slo_id = $1`, [id, FROM])
  await pool().query(
    `INSERT INTO slo_status (slo_id, ts, state, since, remaining, inputs) VALUES ($1, $2, 'healthy', 0, 1, '{}')
     ON CONFLICT (slo_id) DO UPDATE SET ts = EXCLUDED.ts`,
    [id, until],
  )
}

beforeAll(async () => {
  database = await testDatabase()
  await ensurePartitions(pool(), FROM, NOW)
  slos = await testSlos(pool(), 'http://127.0.0.1:9')
  const requests = { metric: 'requests_total', matchers: [] }
  const indicator = { kind: 'availability' as const, requests, failed: [{ label: 'status', op: '=~' as const, value: '5..' }] }
  sloId = await slos.addSlo({ slug: 'availability', indicator, target: 0.999 })
  otherId = await slos.addSlo({ slug: 'elsewhere', indicator, target: 0.999 })
  await pool().query(
    `INSERT INTO service (slug, name, tier, kind, team_id) VALUES ('search-api', 'Search', 'standard', 'api', 1), ('checkout-web', 'Shop', 'standard', 'web', 1)`,
  )
  await pool().query(`UPDATE slo SET service_id = (SELECT id FROM service WHERE slug = 'search-api') WHERE id = $1`, [otherId])
})
afterAll(async () => database.drop())
beforeEach(async () => {
  await pool().query('TRUNCATE release, audit_entry RESTART IDENTITY CASCADE')
  extra = () => 0
})

const told = (input: Record<string, unknown>) => newReleaseSchema.parse({ service: 'checkout', version: '1.42.0', ...input })
const iso = (at: number) => new Date(at * 1000).toISOString()
const report = (input: Record<string, unknown> = {}, now = NOW, actor = ENGINEER) => reportRelease(actor, told(input), now)
const list = () => listReleases(VIEWER, releaseFilterSchema.parse({}), NOW)
const count = async () => (await pool().query('SELECT count(*)::int AS n FROM release')).rows[0].n

describe('a release that is reported', () => {
  it('is kept once for the same service, version and instant', async () => {
    const first = await report({ at: iso(AT), link: 'https://ci.example.org/7', description: 'First.' })
    expect(first).toEqual({ id: 1, service: 'checkout', version: '1.42.0', at: AT, known: false })
    expect(await report({ at: iso(AT), description: 'Second.' })).toEqual({ ...first, known: true })
    expect((await report({ at: iso(AT + 1) })).known).toBe(false)
    expect((await report({ at: iso(AT), service: 'search-api' })).known).toBe(false)
    expect((await list()).items.at(-1)).toMatchObject({
      description: 'First.',
      link: 'https://ci.example.org/7',
      reportedBy: 'Emil',
    })
  })

  it('without an instant is the same within ten minutes, and another one after', async () => {
    const first = await report({}, NOW)
    expect(first).toMatchObject({ at: NOW, known: false })
    expect(await report({}, NOW + 599)).toEqual({ ...first, known: true })
    expect((await report({}, NOW + 600)).known).toBe(false)
    expect((await report({ version: '1.43.0' }, NOW)).known).toBe(false)
  })

  it('by many at once is one', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, (_, i) => report({}, NOW + i)))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    expect([all.filter(({ known }) => !known).length, await count()]).toEqual([1, 1])
  })

  it.each([
    [{ at: iso(NOW + 301) }, 'at', 'This instant is 6 minutes ahead of the portal’s clock, which says 20:00:00 UTC.'],
    [{ service: 'chekout' }, 'service', 'There is no service “chekout”. Did you mean checkout or checkout-web?'],
    [{ service: 'zzz' }, 'service', 'There is no service “zzz”. GET /api/v1/services lists them.'],
  ])('is refused with a sentence at its field: %j', async (input, path, sentence) => {
    const refusal = await report(input).catch((error) => error)
    expect(refusal.issues[0].path).toBe(path)
    expect(refusal.message.replace("'", '’')).toContain(sentence)
    expect(await count()).toBe(0)
  })

  it('up to five minutes ahead is taken: clocks differ', async () =>
    expect((await report({ at: iso(NOW + 300) })).known).toBe(false))

  it.each([
    [{ version: ' ' }, 'Name the version, for example 1.42.0 or a commit.'],
    [{ link: 'javascript:alert(1)' }, 'Write a link that begins with http:// or https://.'],
    [{ at: 'yesterday' }, 'Write the instant as a date and a time with a zone, for example 2026-07-15T12:00:00Z.'],
  ])('is refused before it gets here: %j', (input, sentence) =>
    expect(newReleaseSchema.safeParse({ service: 'checkout', version: '1', ...input }).error?.issues[0]?.message).toBe(sentence),
  )

  it('by a viewer is refused; removing one needs a reason and leaves an audit row', async () => {
    await expect(report({}, NOW, VIEWER)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const { id } = await report()
    await expect(deleteRelease(VIEWER, { id, reason: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await deleteRelease(ENGINEER, { id, reason: 'Wrong service.' })
    await expect(deleteRelease(ENGINEER, { id, reason: 'Again.' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { rows } = await pool().query('SELECT action, after FROM audit_entry ORDER BY id')
    expect(rows.map(({ action }) => action)).toEqual(['release.report', 'release.delete'])
    expect(rows[1].after).toEqual({ reason: 'Wrong service.' })
  })

  it('pages from the newest to the oldest', async () => {
    for (let i = 0; i < 5; i += 1) await report({ at: iso(AT + (i % 3) * MINUTE), version: `1.${i}` })
    const seen: string[] = []
    for (let before: number | null | undefined; before !== null; ) {
      const page = await listReleases(VIEWER, releaseFilterSchema.parse({ limit: 2, ...(before && { before }) }), NOW)
      seen.push(...page.items.map(({ version }) => version))
      before = page.next
    }
    expect(seen).toEqual(['1.2', '1.4', '1.1', '1.3', '1.0'])
  })
})

describe('what burned after a release', () => {
  // Two in a hundred fail for an hour: 120 instead of 6, of a budget of 1 008 in a week. The five minutes before have one failure,
  // half a one more than their share, and so belong to it: 121 of 6 500, 114.5 too many.
  const regression = (minute: number) => (minute >= 10 && minute < 70 ? 2 : 0)

  it('is proposed for the SLOs of its service and no other, with the numbers of the ledger', async () => {
    extra = regression
    await fill(sloId)
    await fill(otherId)
    await report({ at: iso(AT) })
    expect(await proposeAttributions(pool(), 0, NOW)).toBe(1)
    expect(await proposeAttributions(pool(), 0, NOW)).toBe(0)
    const [proposal, ...rest] = await waitingAttributions(VIEWER, undefined, NOW)
    expect(rest).toEqual([])
    expect(proposal).toMatchObject({ slo: { id: sloId }, status: 'proposed', version: 1, growsUntil: null })
    expect(proposal?.baseline).toBeCloseTo(36 / 36_000, 9)
    expect([(proposal?.from ?? 0) - AT, (proposal?.to ?? 0) - AT]).toEqual([5 * MINUTE, 70 * MINUTE])
    expect(proposal?.evidence.part).toMatchObject({ bad: 121, total: 6_500 })
    expect(proposal?.evidence.excess).toBeCloseTo(114.5, 6)
    expect(proposal?.evidence.budgetShare).toBeCloseTo(114.5 / (7 * 1_440 * 100 * 0.001), 6)
    const burns = (await burnsAround([1], NOW)).get(1)
    expect(burns?.map(({ slo: { id } }) => id)).toEqual([sloId])
    expect(burns?.[0]?.before).toBeCloseTo(1, 9)
    expect(burns?.[0]?.after).toBeCloseTo((120 + 30) / 36_000 / 0.001, 9)
  })

  it.each([
    ['nothing changed', () => 0],
    ['it failed before already', (minute: number) => (minute < 0 && minute > -60 ? 30 : 0)],
    ['it was little', (minute: number) => (minute >= 0 && minute < 8 ? 2 : 0)],
  ])('is not proposed when %s', async (_, world) => {
    extra = world
    await fill(sloId)
    await report({ at: iso(AT) })
    expect(await proposeAttributions(pool(), 0, NOW)).toBe(0)
    expect(await waitingAttributions(VIEWER, undefined, NOW)).toEqual([])
  })

  it('is not looked at in the first quarter of an hour, grows with the stretch, and ends at the next release', async () => {
    extra = (minute) => (minute >= 0 && minute < 200 ? 30 : 0)
    await report({ at: iso(AT) })
    await fill(sloId, AT + 14 * MINUTE)
    expect(await proposeAttributions(pool(), 0, AT + 14 * MINUTE)).toBe(0)
    for (const [minutes, wanted, version] of [
      [20, 20, 1],
      [120, 120, 2],
    ] as const) {
      await fill(sloId, AT + minutes * MINUTE)
      expect(await proposeAttributions(pool(), 0, AT + minutes * MINUTE)).toBe(1)
      const [proposal] = await waitingAttributions(VIEWER, undefined, AT + minutes * MINUTE)
      expect([(proposal?.to ?? 0) - AT, proposal?.version, proposal?.growsUntil]).toEqual([
        wanted * MINUTE,
        version,
        AT + 6 * HOUR,
      ])
    }
    // Who looked when it was twenty minutes has not seen the other hundred.
    const [seen] = await waitingAttributions(VIEWER, undefined, NOW)
    await expect(
      decideAttribution(OWNER, { id: seen?.id ?? 0, version: 1, verdict: 'confirm', note: '' }, NOW),
    ).rejects.toMatchObject({ code: 'CONFLICT' })
    await pool().query('DELETE FROM counter_mark')
    await report({ at: iso(AT + 30 * MINUTE), version: '1.42.1' }, NOW)
    await fill(sloId)
    await proposeAttributions(pool(), 0, NOW)
    const all = await waitingAttributions(VIEWER, undefined, NOW)
    expect(all.map((one) => [one.release.version, one.from - AT, one.to - AT])).toEqual([['1.42.0', 0, 30 * MINUTE]])
  })

  it('is decided once, kept to the minute, and never touched again', async () => {
    extra = regression
    await fill(sloId)
    await report({ at: iso(AT) })
    await proposeAttributions(pool(), 0, NOW)
    await expect(decideAttribution(VIEWER, { id: 1, version: 1, verdict: 'confirm', note: '' }, NOW)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(decideAttribution(OWNER, { id: 1, version: 9, verdict: 'confirm', note: '' }, NOW)).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    await decideAttribution(OWNER, { id: 1, version: 1, verdict: 'confirm', note: 'The new cache.' }, NOW)
    await expect(decideAttribution(ENGINEER, { id: 1, version: 2, verdict: 'refuse', note: '' }, NOW)).rejects.toThrow(
      'Sofia confirmed this already.',
    )
    const { rows } = await pool().query('SELECT ts, good, total FROM counter_mark WHERE slo_id = $1 ORDER BY ts', [sloId])
    expect(rows.map(({ ts }) => ts - AT)).toEqual([5 * MINUTE, 70 * MINUTE])
    expect(rows[1].total - rows[1].good - rows[0].total + rows[0].good).toBe(121)
    const { rows: before } = await pool().query('SELECT * FROM release_attribution')
    extra = () => 0
    await fill(sloId)
    await proposeAttributions(pool(), 0, NOW)
    expect((await pool().query('SELECT * FROM release_attribution')).rows).toEqual(before)
  })

  it('is taken back when an exclusion leaves nothing of it', async () => {
    extra = regression
    await fill(sloId)
    await report({ at: iso(AT) })
    await proposeAttributions(pool(), 0, NOW)
    const schedule = { from: iso(AT).slice(0, 16), to: iso(AT + 2 * HOUR).slice(0, 16), timeZone: 'UTC' }
    const asked = newCorrectionSchema.parse({
      ...{ kind: 'exclusion', cause: 'maintenance', reason: 'Load test.', scope: { slos: [sloId] }, schedule },
    })
    const { id } = await requestCorrection(ENGINEER, asked)
    await decideCorrection(OWNER, { id, version: 1, verdict: 'approve', note: '' }, NOW)
    expect(await proposeAttributions(pool(), 0, NOW)).toBe(1)
    expect(await waitingAttributions(VIEWER, undefined, NOW)).toEqual([])
    await pool().query('TRUNCATE correction, excluded_span CASCADE')
  })
})

describe('npx headroom release', () => {
  const cli = (args: string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, ['cli/headroom.mjs', 'release', ...args], {
      env: { ...process.env, DATABASE_URL: database.url, ...env },
      encoding: 'utf8',
    })

  it('reports to the database that is named, once, and says so', () => {
    const args = ['--service', 'checkout', '--version', '2.0.0', '--at', '2026-07-16T12:00:00Z']
    const first = cli(args)
    expect([first.status, first.stdout]).toEqual([0, 'checkout 2.0.0, released 2026-07-16 12:00 UTC, is release 1.\n'])
    expect(cli(args).stdout).toBe('checkout 2.0.0, released 2026-07-16 12:00 UTC, was known already: release 1.\n')
    const unknown = cli(['--service', 'chekout', '--version', '1'])
    expect([unknown.status, unknown.stderr]).toEqual([
      1,
      'There is no service “chekout”. Did you mean checkout or checkout-web?\n',
    ])
    expect(cli(['--service', 'checkout']).status).toBe(2)
  })

  it('reports to an API, with its token and in its words', async () => {
    const seen: unknown[] = []
    const server: Server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        seen.push([request.method, request.url, request.headers.authorization, JSON.parse(body)])
        const good = { id: 7, service: 'checkout', version: '2.0.0', at: '2026-07-16T12:00:00.000Z', known: false }
        const refused = { type: 'about:blank', title: 'Not allowed', status: 403, detail: 'Viewers do not report releases.' }
        const fine = request.headers.authorization === 'Bearer hr_right'
        response.writeHead(fine ? 201 : 403, { 'content-type': 'application/json' }).end(JSON.stringify(fine ? good : refused))
      })
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

    const run = (token: string) =>
      new Promise<[number | null, string]>((resolve) => {
        const child = spawn(process.execPath, [
          'cli/headroom.mjs',
          'release',
          '--service',
          'checkout',
          '--version',
          '2.0.0',
          '--url',
          url,
          '--token',
          token,
        ])
        let output = ''
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (chunk) => {
            output += chunk
          })
        child.once('close', (code) => resolve([code, output]))
      })
    expect(await run('hr_right')).toEqual([0, 'checkout 2.0.0, released 2026-07-16 12:00 UTC, is release 7.\n'])
    expect(await run('hr_wrong')).toEqual([1, 'Viewers do not report releases.\n'])
    expect(seen[0]).toEqual(['POST', '/api/v1/releases', 'Bearer hr_right', { service: 'checkout', version: '2.0.0' }])
    await new Promise((resolve) => server.close(resolve))
  })
})
