import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { askForRelease } from './commands'
import { followReleases } from './commands-follow'
import { sayVerdict } from './commands-say'
import { type DecisionWorld, decisionWorld, forget, PEOPLE } from './decision-world-fixture'
import { releaseRequest } from './reads-request'
import { newRequestSchema } from './schema'
import { NOON } from './world-fixture'

/** A service that is calm until noon, then fails for a while, then recovers: what becomes of requests on the way. */
let world: DecisionWorld
const { engineer, product_owner, slo_owner, viewer } = PEOPLE
const CALM = (ts: number) => ((ts / MINUTE) % 10 === 0 ? 1 : 0)

beforeAll(async () => {
  world = await decisionWorld()
  await world.measure(NOON, CALM)
  await pool().query(
    `INSERT INTO channel (id, name, kind, settings) VALUES (1, 'Mail', 'email', '{"to": ["ops@example.org"], "owners": true}')`,
  )
  await pool().query('INSERT INTO notification_route (channel_id) VALUES (1)')
})
afterAll(() => world.drop())
beforeEach(forget)

const ask = (over: object, now: number) =>
  askForRelease(
    engineer,
    newRequestSchema.parse({ service: 'checkout', version: '1.42.0', changeType: 'feature', risk: 'low', ...over }),
    now,
  )
const follow = (now: number) => followReleases(pool(), now)
const now = (id: number) => releaseRequest(viewer, id, NOON)
const told = async () =>
  (await pool().query('SELECT event, subject FROM outbox_message ORDER BY id')).rows.map(({ event, subject }) => [event, subject])

describe('while nothing changes', () => {
  it('nothing happens, however often it is looked at', async () => {
    const { id, revision } = await ask({}, NOON)
    for (let i = 1; i <= 3; i += 1)
      expect(await follow(NOON + i * MINUTE)).toEqual({ decided: 0, expired: 0, waivers: 0, observed: 0 })
    expect((await now(id)).revision).toBe(revision)
  })
  it('an approval of the policy goes on after its hours with fresh numbers', async () => {
    const { id } = await ask({}, NOON)
    await world.measure(NOON + 4 * HOUR, CALM)
    expect(await follow(NOON + 4 * HOUR)).toMatchObject({ decided: 0, expired: 0 })
    expect(await told()).toEqual([])
    expect(await now(id)).toMatchObject({ status: 'approved', validUntil: NOON + 8 * HOUR })
  })
  it('an approval by people ends with its hours, and says so', async () => {
    const at = NOON + 4 * HOUR
    const asked = await ask({ risk: 'high' }, at)
    const yes = { verdict: 'approve' as const, note: '', conditions: [] }
    await sayVerdict(slo_owner, { ...(await sayVerdict(product_owner, { ...asked, ...yes }, at)), ...yes }, at)
    await world.measure(at + 4 * HOUR, CALM)
    expect(await follow(at + 4 * HOUR)).toMatchObject({ expired: 1 })
    expect(await now(asked.id)).toMatchObject({ status: 'expired', endReason: expect.stringContaining('It was valid until') })
    expect((await told()).at(-1)).toEqual(['release.ended', 'Not valid any more: Checkout 1.42.0 (R-1)'])
  })
})

describe('when the service gets worse, and better', () => {
  it('ends what was approved, defers, and approves again by itself', async () => {
    const start = NOON + 8 * HOUR
    const { id: low } = await ask({}, start)
    const { id: medium } = await ask({ risk: 'medium', version: '1.43.0' }, start)
    // A budget of 1 008 000 × 1 %: 10 080. An hour at 60 % spends 3 600 of it; pace 3 600 ÷ 0.7 d of the week.
    await world.measure(start + HOUR, () => 60)
    const first = await follow(start + HOUR)
    expect(first).toMatchObject({ expired: 2 })
    expect(await now(low)).toMatchObject({
      status: 'expired',
      endReason: expect.stringContaining('The state went from healthy to'),
    })
    expect((await now(medium)).status).toBe('expired')

    const { id, decision } = await ask({ version: '1.44.0' }, start + HOUR)
    expect(decision?.decision).toBe('defer')
    const later = decision?.alternatives.find(({ kind }) => kind === 'later')
    expect(later).toBeDefined()
    const at = later?.kind === 'later' ? later.at : 0
    // Nothing more fails, and a day later the burn has left the lookback.
    await world.measure(at - HOUR, () => 0)
    await follow(at - HOUR)
    expect((await now(id)).decision).toBe('defer')
    await world.measure(at, () => 0)
    expect(await follow(at)).toMatchObject({ decided: 1 })
    const found = await now(id)
    expect(found.events[0]?.text).toContain('Things got better.')
    expect(['review', 'approve']).toContain(found.decision)
    expect((await told()).at(-1)?.[0]).toBe('release.decided')
  })
  it('forgets what nothing came of within two weeks', async () => {
    const { rows } = await pool().query<{ ts: number }>('SELECT max(ts)::int AS ts FROM slo_status')
    const at = rows[0]?.ts ?? 0
    const { id } = await ask({ risk: 'high', changeType: 'security_fix' }, at)
    await pool().query('UPDATE release_request SET requested_at = requested_at - $2::int WHERE id = $1', [id, 15 * DAY])
    expect(await follow(at + MINUTE)).toMatchObject({ expired: 1 })
    expect((await now(id)).endReason).toBe('Nothing came of it within two weeks.')
  })
})
