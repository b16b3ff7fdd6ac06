import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { DAY, floorTo, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'

/** Poller processes are killed while their answers are in hand and not yet committed; others take over. */

/** What every minute counted, known beforehand: the source says nothing else. */
type Kind = 'bad' | 'good'
const countedIn = (kind: Kind, minuteEnd: UnixSeconds): number =>
  kind === 'bad' ? (minuteEnd / MINUTE) % 3 : 60 + ((minuteEnd / MINUTE) % 7)
const countedOver = (kind: Kind, end: UnixSeconds, step: number): number =>
  Array.from({ length: step / MINUTE }, (_, i) => countedIn(kind, end - i * MINUTE)).reduce((a, b) => a + b, 0)

let source: Server
/** what happens between a question and its answer */
let asked = async () => {}
let database: Awaited<ReturnType<typeof testDatabase>>
let sloId = 0
const started: ChildProcess[] = []

beforeAll(async () => {
  source = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', async () => {
      const form = new URLSearchParams(body)
      const known = /"headroom_part", "1".*"headroom_signal","0"/.test(form.get('query') ?? '')
      const ranged = form.has('start')
      const [from, to, step] = ranged ? ['start', 'end', 'step'].map((name) => Number(form.get(name))) : []
      const at = Number(form.get('time'))
      const result = (known ? (['bad', 'good'] as const) : []).map((kind) => ({
        metric: { headroom_signal: '0', ...(kind === 'bad' && { headroom_part: '1' }) },
        ...(ranged
          ? { values: instants(from ?? 0, to ?? 0, step ?? 60).map((ts) => [ts, String(countedOver(kind, ts, step ?? 60))]) }
          : { value: [at, String(countedOver(kind, at, MINUTE))] }),
      }))
      if (known) await asked()
      response.end(JSON.stringify({ status: 'success', data: { resultType: ranged ? 'matrix' : 'vector', result } }))
    })
  }).listen(0, '127.0.0.1')
  database = await testDatabase()
  const slos = await testSlos(pool(), `http://127.0.0.1:${(source.address() as AddressInfo).port}`)
  const requests = { metric: 'requests_total', matchers: [] }
  const failed = [{ label: 'status', op: '=~' as const, value: '5..' }]
  sloId = await slos.addSlo({ slug: 'availability', indicator: { kind: 'availability', requests, failed } })
})
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await disconnect()
  await database.drop()
  await new Promise((resolve) => source.close(resolve))
})

const instants = (from: number, to: number, step: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step)

function poller(): ChildProcess {
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'lib/poller/start.ts'], {
    env: { ...process.env, DATABASE_URL: database.url, LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  })
  started.push(child)
  return child
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await holds()) return
    await wait(100)
  }
  throw new Error(`It never came to this: ${what}.`)
}

const newest = async (): Promise<UnixSeconds | null> =>
  (await pool().query('SELECT max(ts) AS ts FROM (SELECT ts FROM sample_1h UNION ALL SELECT ts FROM sample_1m) s')).rows[0].ts

const WRITING = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
  AND query LIKE 'UPDATE slo_evaluation e SET history_from%'`

/** Kills a poller that has its answer and has written its samples, but not committed them. */
async function killBeforeCommit(question: number): Promise<void> {
  const holder = await pool().connect()
  let questions = 0
  asked = async () => {
    questions += 1
    if (questions !== question) return
    await holder.query('BEGIN')
    await holder.query('LOCK TABLE slo_evaluation IN EXCLUSIVE MODE')
  }
  const child = poller()
  const ended = new Promise((resolve) => child.once('exit', resolve))
  let writing: number[] = []
  let before: UnixSeconds | null = null
  try {
    await until('a poller waits with its samples written', async () => {
      writing = (await pool().query<{ pid: number }>(WRITING)).rows.map(({ pid }) => pid)
      return writing.length > 0
    })
    before = await newest()
  } finally {
    child.kill('SIGKILL')
    await ended
    await holder.query('ROLLBACK')
    holder.release()
  }
  await until('the connections of the dead are closed', async () => {
    const { rowCount } = await pool().query('SELECT 1 FROM pg_stat_activity WHERE pid = ANY($1::int[])', [writing])
    return rowCount === 0
  })
  expect(await newest()).toBe(before)
  // The next one need not wait for the lease of the dead.
  await pool().query("UPDATE shard SET lease_until = now() - interval '1 second'")
}

describe('a poller that is killed with an answer in hand', () => {
  it('leaves the counters of an uninterrupted run, however often it happens', async () => {
    for (const question of [1, 3, 4]) await killBeforeCommit(question)
    asked = async () => {}
    const last = poller()
    const due = () => floorTo(Date.now() / 1000 - 30, MINUTE)
    await until('the ledger is up to date', async () => ((await newest()) ?? 0) >= due())
    last.kill('SIGTERM')
    await new Promise((resolve) => last.once('exit', resolve))
    for (const [table, step, least] of [
      ['sample_1m', MINUTE, 46 * 60],
      ['sample_5m', 5 * MINUTE, 34 * 288],
      ['sample_1h', HOUR, 89 * 24],
    ] as const) {
      const { rows } = await pool().query<{ ts: number; bad: number; total: number; since: number }>(
        `SELECT ts, (total - good) - lag(total - good) OVER w AS bad, total - lag(total) OVER w AS total, ts - lag(ts) OVER w AS since
         FROM ${table} WHERE slo_id = $1 WINDOW w AS (ORDER BY ts)`,
        [sloId],
      )
      expect(rows.length).toBeGreaterThan(least)
      // The oldest hour of minutes is filled in steps of five.
      const wrong = rows
        .slice(table === 'sample_1m' ? 13 : 1)
        .filter(
          ({ ts, bad, total, since }) =>
            since !== step || bad !== countedOver('bad', ts, step) || total - bad !== countedOver('good', ts, step),
        )
      expect(wrong).toEqual([])
    }
    const { rows } = await pool().query('SELECT backfill::text, history_from AS "from" FROM slo_evaluation')
    expect(rows).toEqual([{ backfill: 'done', from: floorTo(rows[0].from, HOUR) }])
    expect(Date.now() / 1000 - rows[0].from).toBeGreaterThan(90 * DAY)
  }, 240_000)
})
