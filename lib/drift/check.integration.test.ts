import { createServer, type Server } from 'node:http'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { db, disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { driftLoop } from '../poller/drift'
import { Quiet } from '../poller/reports'
import type { RuleGroup } from '../prometheus-rules/rule'
import { rulesOf } from '../prometheus-rules/rules'
import { detachSlo } from '../slo-as-code/commands-detach'
import { portableSlos } from '../slo-as-code/reads'
import { checkDrift, checkDue, EVERY } from './commands-check'
import { rulesAnswer } from './loaded-fixture'
import { driftReport } from './reads'
import { driftOfSlo } from './reads-slo'
import { inStep, sourceText } from './report'
import { driftQuerySchema } from './schema'
import { problemText } from './words'

// The stub has evaluated everything at this moment.
const NOW = Date.UTC(2026, 0, 5) / 1000 + 10
const ENGINEER: Actor = { type: 'user', id: '1', name: 'Ena', email: 'e@example.org', role: 'engineer' }
const requests = { metric: 'requests_total', matchers: [] }
const failed = [{ label: 'status', op: '=~' as const, value: '5..' }]

let answer: { status: number; body: unknown }
let asked = 0
let server: Server
let database: Awaited<ReturnType<typeof testDatabase>>
const ids: number[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    asked += 1
    expect(request.url).toBe('/api/v1/rules?exclude_alerts=true')
    response.writeHead(answer.status, { 'content-type': 'application/json', date: new Date(NOW * 1000).toUTCString() })
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify({ status: 'success', data: answer.body }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  database = await testDatabase()
  const { port } = server.address() as { port: number }
  const slos = await testSlos(pool(), `http://127.0.0.1:${port}`)
  ids.push(await slos.addSlo({ slug: 'served', indicator: { kind: 'availability', requests, failed } }))
  ids.push(
    await slos.addSlo({
      slug: 'sliced',
      indicator: { kind: 'availability', requests, failed },
      method: 'time_slices',
      sliceTarget: 0.95,
    }),
  )
})
afterAll(async () => {
  await disconnect()
  await database.drop()
  await new Promise((resolve) => server.close(resolve))
})

const exported = async (): Promise<RuleGroup[]> => rulesOf(await portableSlos(ENGINEER))
const report = () => driftReport(ENGINEER, driftQuerySchema.parse({}))
const source = async () => (await report()).sources[0] as NonNullable<Awaited<ReturnType<typeof report>>['sources'][0]>
const loads = (groups: RuleGroup[]) => {
  answer = { status: 200, body: rulesAnswer(groups) }
}

it('asks nobody before its turn, and says so', async () => {
  expect(sourceText(await source())).toBe('It was not asked yet.')
  expect(inStep(await report())).toBe('yes')
})

it('a source that has nothing of ours is no fault, and has no rows', async () => {
  loads([{ name: 'theirs', interval: 60, about: [], rules: [] }])
  expect(await checkDue(NOW)).toEqual({ source: 'prometheus', drifting: 0 })
  expect(await source()).toMatchObject({ checkedAt: NOW, loaded: 0, slos: 2, counts: { 'in-step': 0, 'not-loaded': 0 } })
  expect((await driftOfSlo(ids[0] as number)).rules).toBeNull()
  expect(inStep(await report())).toBe('yes')
})

it('one poller of several asks, once in a while', async () => {
  loads(await exported())
  const before = asked
  expect(await checkDue(NOW + EVERY - 1)).toBeNull()
  const both = await Promise.all([checkDue(NOW + EVERY), checkDue(NOW + EVERY)])
  expect(both.filter((one) => one !== null)).toEqual([{ source: 'prometheus', drifting: 0 }])
  expect(asked).toBe(before + 1)
  expect(sourceText(await source())).toBe('All 2 SLOs are in step: 3 groups of rules as the portal writes them.')
  expect((await driftOfSlo(ids[0] as number)).rules).toMatchObject({
    state: 'in-step',
    since: NOW + EVERY,
    checkedAt: NOW + EVERY,
  })
})

it('an SLO that was changed and not exported runs by its earlier version', async () => {
  const [id] = ids as [number]
  // Names of older releases may be none that is taken now: they are read all the same.
  await pool().query("UPDATE slo SET name = E'Ser\\nved' WHERE id = $1", [id])
  loads(await exported())
  const record = (await portableSlos(ENGINEER, { ids: [id] })).slos[0]?.definition
  await db().sloVersion.createMany({ data: [{ sloId: id, version: 1, definition: record as object, author: 'Ena' }] })
  await pool().query('UPDATE slo SET target = 0.95, version = 2 WHERE id = $1', [id])
  const at = NOW + 2 * EVERY
  expect(await checkDue(at)).toEqual({ source: 'prometheus', drifting: 1 })
  const { slos, matched } = await report()
  expect([matched, slos.map(({ slug, state, since }) => [slug, state, since])]).toEqual([1, [['served', 'different', at]]])
  expect(problemText(slos[0]?.problems[0] as never)).toBe(
    'The rules are those of version 1 of this SLO: it was changed and not exported since.',
  )
  // It stays so: the moment is kept, and nothing is written again.
  const xmin = async () => (await pool().query('SELECT xmin FROM slo_rule_drift ORDER BY slo_id')).rows
  const written = await xmin()
  await checkDue(at + EVERY)
  expect((await driftOfSlo(id)).rules).toMatchObject({ state: 'different', since: at, checkedAt: at + EVERY })
  expect(await xmin()).toEqual(written)
})

it.each([
  [
    404,
    '404 page not found',
    'no-rules',
    'It has no /api/v1/rules: it is no Prometheus, or one that evaluates no rules. Name the one that does, with its path.',
  ],
  [502, '<html>', 'unreachable', 'The source answered 502 without JSON; is the address that of a Prometheus?'],
  [200, '{"status":"success","data":{"groups":"no"}}', 'unreadable', 'What it answers to /api/v1/rules is no list of rules.'],
])('a source that answers %i is said so, and its last answer is kept', async (status, body, problem, message) => {
  answer = { status, body }
  await pool().query('UPDATE rule_check SET asked_at = 0')
  const before = await source()
  expect(await checkDue(NOW + 4 * EVERY)).toEqual({ source: 'prometheus', drifting: 0 })
  expect(await source()).toEqual({ ...before, askedAt: NOW + 4 * EVERY, problem, message })
  expect((await report()).matched).toBe(1)
})

it('the poller asks by itself, and has done with it when it is told to stop', async () => {
  loads(await exported())
  await pool().query('UPDATE rule_check SET asked_at = 0')
  const stop = new AbortController()
  const now = NOW + 4 * EVERY + 60
  const loop = driftLoop({
    log: pino({ level: 'silent' }),
    signal: stop.signal,
    clock: () => now,
    quiet: new Quiet(),
    mine: () => true,
  })
  await expect.poll(async () => (await source()).checkedAt).toBe(now)
  stop.abort()
  await loop
  expect(await source()).toMatchObject({ problem: null, message: null })
})

it('whoever may refresh asks at once, and it is written down; others are refused', async () => {
  loads(await exported())
  const viewer: Actor = { ...ENGINEER, role: 'viewer' }
  await expect(checkDrift(viewer, { source: null }, NOW)).rejects.toThrow('Viewers cannot ask the sources.')
  await expect(checkDrift(ENGINEER, { source: 'nowhere' }, NOW)).rejects.toThrow('There is no source “nowhere”.')
  const at = NOW + 5 * EVERY
  expect(await checkDrift(ENGINEER, { source: 'prometheus' }, at)).toEqual({ asked: 1 })
  // Pressed twice.
  expect(await checkDrift(ENGINEER, { source: null }, at + 1)).toEqual({ asked: 0 })
  expect(await source()).toMatchObject({ checkedAt: at, problem: null, message: null })
  expect((await report()).matched).toBe(0)
  expect(await db().auditEntry.findMany({ where: { action: 'drift.check' } })).toMatchObject([
    { actorName: 'Ena', after: { at } },
  ])
})

it('rules of a deleted SLO and of one that moved are in nobody’s interest', async () => {
  const groups = await exported()
  loads([...groups, { ...(groups[1] as RuleGroup), name: 'headroom/checkout/gone' }])
  await pool().query(`INSERT INTO data_source (name, url) VALUES ('other', 'http://127.0.0.1:1')`)
  await pool().query(`UPDATE slo SET data_source_id = (SELECT id FROM data_source WHERE name = 'other') WHERE id = $1`, [ids[1]])
  await checkDrift(ENGINEER, { source: 'prometheus' }, NOW + 6 * EVERY)
  const [moved] = (await report()).sources.filter(({ name }) => name === 'prometheus')
  expect(moved?.gone).toEqual([
    { key: 'checkout/sliced', file: '/etc/rules.yml', movedTo: 'other' },
    { key: 'checkout/gone', file: '/etc/rules.yml', movedTo: null },
  ])
  expect(inStep(await report())).toBe('no')
  // Two sources may be the same Prometheus: it holds the rules of both.
  await pool().query(
    `UPDATE data_source SET url = (SELECT url FROM data_source WHERE name = 'prometheus') || '/' WHERE name = 'other'`,
  )
  await checkDrift(ENGINEER, { source: null }, NOW + 7 * EVERY)
  const { sources } = await report()
  expect(sources.map(({ name, gone }) => [name, gone.map(({ key }) => key)])).toEqual([
    ['other', ['checkout/gone']],
    ['prometheus', ['checkout/gone']],
  ])
})

it('says what is no longer as the files said when they were applied', async () => {
  const [id] = ids as [number]
  const [slo] = (await portableSlos(ENGINEER, { ids: [id] })).slos
  const declared = {
    format: 'openslo',
    file: 'slos/checkout.yaml',
    line: 7,
    definition: slo?.definition,
    alerting: { kind: 'none' },
  }
  await pool().query(`INSERT INTO managed_set (owner, applied_at, applied_by) VALUES ('shop/slos', $1, 'ci')`, [NOW])
  await pool().query(`UPDATE slo SET managed_by = 'shop/slos', declared = $2 WHERE id = $1`, [
    id,
    { ...declared, budgetPolicy: 'strict', links: { runbook: null, dashboard: null } },
  ])
  await pool().query('UPDATE slo SET target = 0.9 WHERE id = $1', [id])
  const { sets, files } = await report()
  expect(sets).toMatchObject([{ owner: 'shop/slos', appliedAt: NOW, appliedBy: 'ci', slos: 1, drifting: 1 }])
  expect(files).toMatchObject([
    {
      ...{ id, owner: 'shop/slos', file: 'slos/checkout.yaml', line: 7 },
      changes: [
        'Target 95.00 % → 90.00 %',
        'It alerts by “Workbook”; the file switches its alerts off.',
        'Error-budget policy strict → whatever holds for its service',
      ],
    },
  ])
  expect((await driftOfSlo(id)).files).toHaveLength(3)

  await detachSlo({ ...ENGINEER, role: 'slo_owner' } as Actor, { sloId: id, owner: 'shop/slos' })
  expect(await report()).toMatchObject({ sets: [], files: [] })
})
