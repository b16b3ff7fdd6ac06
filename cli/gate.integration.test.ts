import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pool } from '../lib/db/client'
import { sayVerdict } from '../lib/decision/commands-say'
import { type DecisionWorld, decisionWorld, PEOPLE } from '../lib/decision/decision-world-fixture'
import { floorTo, MINUTE, toUnix } from '../lib/time-series/units'
import { root } from '../scripts/bootstrap.mjs'

/** The gate from a shell, as a pipeline calls it: real processes, real exit codes. */

let world: DecisionWorld
let server: Server
let broken = ''
const folder = mkdtempSync(join(tmpdir(), 'headroom-gate-'))

beforeAll(async () => {
  const now = floorTo(toUnix(new Date()), MINUTE)
  world = await decisionWorld(now)
  await world.measure(now, (ts) => ((ts / MINUTE) % 10 === 0 ? 1 : 0))
  server = createServer((_, response) => response.writeHead(500).end('oops'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  broken = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await world.drop()
})

type Said = { code: number | null; out: string; err: string }

function gate(args: string[], env: Record<string, string> = {}): Promise<Said> & { child: ChildProcess } {
  const child = spawn(process.execPath, [join(root, 'cli', 'headroom.mjs'), 'gate', '--service', 'checkout', ...args], {
    env: { ...process.env, DATABASE_URL: world.database.url, HEADROOM_URL: '', NODE_ENV: 'production', ...env },
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (text) => (said.out += text))
  child.stderr.on('data', (text) => (said.err += text))
  const ended = new Promise<Said>((resolve) => child.once('exit', (code) => resolve({ code, ...said })))
  return Object.assign(ended, { child })
}

const FEATURE = ['--change-type', 'feature']

describe('headroom gate', () => {
  it('exits with 0 for go, says why, and writes a summary', async () => {
    const summary = join(folder, 'summary.md')
    const { code, out } = await gate([...FEATURE, '--risk', 'low', '--summary', summary])
    expect([code, out.split('\n')[0]]).toEqual([0, 'Go: checkout (approve)'])
    expect(out).toMatch(/✓ status {4}pass/)
    expect(readFileSync(summary, 'utf8')).toContain('| status | pass |')
  })
  it('exits with 2 when a person has to decide, in JSON with every rule and its unrounded inputs', async () => {
    const { code, out } = await gate([...FEATURE, '--answers', 'data,back', '--format', 'json'])
    const answer = JSON.parse(out)
    expect([code, answer.outcome, answer.decision.decision]).toEqual([2, 'person', 'review'])
    const left = answer.decision.rules[0].inputs.find(({ name }: { name: string }) => name === 'left').value
    // 1 of 1 000 fails, of the 1 % that may: nine tenths are left.
    expect(left).toBeCloseTo(0.9, 3)
  })
  it('exits with 1 for no', async () => {
    const { code, out } = await gate([...FEATURE, '--risk', 'high', '--version', '9.9.9'])
    expect(code).toBe(2)
    const id = Number(/R-(\d+)/.exec(out)?.[1])
    await sayVerdict(PEOPLE.product_owner, { id, revision: 2, verdict: 'refuse', note: 'No.', conditions: [] })
    await pool().query(
      `INSERT INTO incident (title, severity, origin, started_at, detected_at, opened_by, opened_by_name) VALUES ('Down', 'sev1', 'person', 1, 1, 'x', 'X')`,
    )
    await pool().query('INSERT INTO incident_service SELECT max(id), $1 FROM incident', [world.service])
    const deferred = await gate([...FEATURE, '--risk', 'low'])
    await pool().query('TRUNCATE incident CASCADE')
    expect([deferred.code, deferred.out.split('\n')[0]]).toEqual([1, 'No: checkout (defer)'])
  })
  it('waits for people', async () => {
    const waiting = gate([...FEATURE, '--risk', 'high', '--version', '2.0.0', '--wait', '2'])
    const id = await new Promise<number>((resolve) =>
      waiting.child.stderr?.on('data', (text) => {
        const found = /Waiting for R-(\d+)/.exec(String(text))
        if (found) resolve(Number(found[1]))
      }),
    )
    const yes = { verdict: 'approve' as const, note: '', conditions: [] }
    const { revision } = await sayVerdict(PEOPLE.product_owner, { id, revision: 2, ...yes })
    await sayVerdict(PEOPLE.slo_owner, { id, revision, ...yes })
    const { code, out } = await waiting
    expect(code).toBe(0)
    expect(out).toContain(`Go: checkout 2.0.0 (review, approved, R-${id})`)
  }, 60_000)

  it.each([
    [
      'nothing answers',
      () => [...FEATURE, '--risk', 'low', '--url', 'http://127.0.0.1:9'],
      'Nothing answers at http://127.0.0.1:9',
    ],
    ['Headroom is broken', () => [...FEATURE, '--risk', 'low', '--url', broken], 'Headroom answers with 500.'],
    ['the risk is missing', () => FEATURE, 'Say the risk'],
    ['an option is missing', () => ['--risk', 'low'], '--change-type'],
    ['the type is none', () => ['--change-type', 'x', '--risk', 'low'], 'one of feature'],
  ])('exits with 3 when %s', async (_, args, words) => {
    const { code, out, err } = await gate(args())
    expect([code, out]).toEqual([3, ''])
    expect(err).toContain(words)
  })
  it('goes on without an answer only where the pipeline says so, and never for a question that is wrong', async () => {
    const open = { HEADROOM_GATE_UNREACHABLE: 'open' }
    const [unreachable, wrong] = await Promise.all([
      gate([...FEATURE, '--risk', 'low', '--url', broken], open),
      gate(['--change-type', 'x', '--risk', 'low'], open),
    ])
    expect([unreachable.code, wrong.code]).toEqual([0, 3])
    expect(unreachable.err).toContain('go on without an answer (open)')
  })
  it('says when the pipeline and the policy differ about that', async () => {
    const { code, err } = await gate([...FEATURE, '--risk', 'low', '--if-unreachable', 'open'])
    expect(code).toBe(0)
    expect(err).toContain('The policy “Standard” says closed')
  })
  it('has the same answer for the same key, and refuses another body', async () => {
    const args = [...FEATURE, '--risk', 'low', '--idempotency-key', 'run-1', '--format', 'json']
    const first = await gate(args)
    const [again, other] = await Promise.all([gate(args), gate([...args, '--description', 'another'])])
    expect(JSON.parse(again.out)).toEqual(JSON.parse(first.out))
    expect([other.code, other.err]).toEqual([3, expect.stringContaining('run-1')])
  })
})
