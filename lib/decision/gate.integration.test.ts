import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { STANDARD } from '../policy/presets'
import { MINUTE } from '../time-series/units'
import { askGate } from './commands-gate'
import { markReleased } from './commands-release'
import { sayVerdict } from './commands-say'
import { audits, type DecisionWorld, decisionWorld, forget, PEOPLE } from './decision-world-fixture'
import { gateSchema } from './schema'
import { NOON } from './world-fixture'

let world: DecisionWorld
const { engineer, product_owner, slo_owner, viewer } = PEOPLE
beforeAll(async () => {
  world = await decisionWorld()
  await world.measure(NOON, (ts) => ((ts / MINUTE) % 10 === 0 ? 1 : 0))
})
afterAll(() => world.drop())
beforeEach(forget)

const body = (over: object = {}) => ({ service: 'checkout', changeType: 'feature', risk: 'low', ...over })
const ask = (over: object = {}, key?: string, now = NOON) =>
  askGate(engineer, gateSchema.parse(body(over)), { key, body: body(over), now })
const count = async (table: string) => (await pool().query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0].n

describe('the gate', () => {
  it('answers a question without asking for a release, and keeps what it said', async () => {
    const { answer } = await ask()
    expect([answer.outcome, answer.request, await count('gate_answer'), await count('release_request')]).toEqual([
      'go',
      null,
      1,
      0,
    ])
    expect(await audits('gate.ask')).toBe(1)
  })
  it('with a version asks for the release, and goes on with it when the pipeline runs again', async () => {
    const first = await ask({ version: '1.0.0', risk: 'high' })
    expect(first.answer).toMatchObject({ outcome: 'person', request: { status: 'decided' } })
    const again = await ask({ version: '1.0.0', risk: 'high' })
    expect(again.answer.request?.id).toBe(first.answer.request?.id)
    expect(await count('release_request')).toBe(1)
  })
  it('asked by two pipelines at once asks for one release', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask({ version: '1.0.1', risk: 'high' })))
    expect(new Set(answers.map(({ answer }) => answer.request?.id)).size).toBe(1)
    expect(await count('release_request')).toBe(1)
  })
  it('says no to what was refused', async () => {
    const { answer } = await ask({ version: '1.0.2', changeType: 'feature', risk: 'high' })
    const { id = 0, revision = 0 } = answer.request ?? {}
    await sayVerdict(product_owner, { id, revision, verdict: 'refuse', note: 'No.', conditions: [] }, NOON)
    expect((await ask({ version: '1.0.2', risk: 'high' })).answer.request?.id).not.toBe(id)
  })
  it('is closed to viewers', () =>
    expect(askGate(viewer, gateSchema.parse(body()), { now: NOON })).rejects.toMatchObject({ code: 'FORBIDDEN' }))
})

describe('a plan', () => {
  const frozen = {
    ...STANDARD.settings,
    freezes: [
      {
        name: 'Sale',
        effect: 'block',
        except: [],
        schedule: { from: '2026-07-15T10:00', to: '2026-07-15T20:00', timeZone: 'UTC', rrule: null },
      },
    ],
  }
  it('for after a freeze window is no go in it', async () => {
    const { rows } = await pool().query(
      `INSERT INTO error_budget_policy (slug, name, settings) VALUES ('frozen', 'Frozen', $1) RETURNING id`,
      [frozen],
    )
    await pool().query(`INSERT INTO error_budget_policy_assignment (scope, policy_id) VALUES ('default', $1)`, [rows[0].id])
    const { answer } = await ask({ version: '4.0.0', plannedAt: '2026-07-16T12:00:00Z' })
    expect([answer.decision.decision, answer.request?.status, answer.outcome]).toEqual(['approve', 'approved', 'no'])
    // A pipeline that does not know of the plan finds the same request, and waits as well.
    expect((await ask({ version: '4.0.0' })).answer).toMatchObject({ outcome: 'no', request: { id: answer.request?.id } })
    const out = { id: answer.request?.id ?? 0, revision: answer.request?.revision ?? 0, at: null }
    await expect(markReleased(engineer, out, NOON)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('It is approved for'),
    })
  })
  it('lies at most ninety days ahead', () =>
    expect(ask({ plannedAt: '2027-07-16T12:00:00Z' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: 'plannedAt' }],
    }))
})

describe('an idempotency key', () => {
  it('has one answer, and says what became of what was asked for', async () => {
    const first = await ask({ version: '2.0.0', risk: 'high' }, 'run-7')
    const second = await ask({ version: '2.0.0', risk: 'high' }, 'run-7', NOON + MINUTE)
    expect([first.replayed, second.replayed, second.answer.request]).toEqual([false, true, first.answer.request])
    const yes = { verdict: 'approve' as const, note: '', conditions: [] }
    const { id = 0, revision = 0 } = first.answer.request ?? {}
    const once = await sayVerdict(product_owner, { id, revision, ...yes }, NOON)
    await sayVerdict(slo_owner, { ...once, ...yes }, NOON)
    expect((await ask({ version: '2.0.0', risk: 'high' }, 'run-7', NOON + MINUTE)).answer.outcome).toBe('go')
    // Four hours are what the policy gives a decision.
    expect((await ask({ version: '2.0.0', risk: 'high' }, 'run-7', NOON + 4 * 60 * MINUTE)).answer.outcome).toBe('no')
  })
  it('of a mere question is answered anew once its numbers are old', async () => {
    await ask({}, 'run-6')
    expect((await ask({}, 'run-6', NOON + MINUTE)).replayed).toBe(true)
    expect(await ask({}, 'run-6', NOON + 60 * MINUTE)).toMatchObject({ replayed: false, answer: { outcome: 'person' } })
  })
  it('with another body is refused', async () => {
    await ask({ version: '2.0.0' }, 'run-8')
    await expect(ask({ version: '2.0.1' }, 'run-8')).rejects.toMatchObject({
      code: 'MISMATCH',
      message: expect.stringContaining('run-8'),
    })
  })
  it('does not mind the order of the members', async () => {
    const question = gateSchema.parse(body())
    await askGate(engineer, question, { key: 'k', body: { a: 1, b: { c: 2, d: 3 } }, now: NOON })
    const { replayed } = await askGate(engineer, question, { key: 'k', body: { b: { d: 3, c: 2 }, a: 1 }, now: NOON })
    expect(replayed).toBe(true)
  })
  it('is of one actor', async () => {
    await ask({}, 'k')
    const { replayed } = await askGate(product_owner, gateSchema.parse(body()), {
      key: 'k',
      body: body({ risk: 'high' }),
      now: NOON,
    })
    expect(replayed).toBe(false)
  })
  it('used thirty times at once writes one request, and all hear the same', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask({ version: '3.0.0' }, 'run-9')))
    expect(new Set(answers.map(({ answer }) => answer.request?.id)).size).toBe(1)
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1)
    expect([await count('release_request'), await count('idempotency_key')]).toEqual([1, 1])
  }, 60_000)
})
