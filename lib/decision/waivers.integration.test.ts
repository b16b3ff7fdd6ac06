import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { STANDARD } from '../policy/presets'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { askForRelease } from './commands'
import { followReleases } from './commands-follow'
import { sayVerdict } from './commands-say'
import { askForWaiver, reviewWaiver, revokeWaiver, signWaiver, withdrawWaiver } from './commands-waiver'
import { type DecisionWorld, decisionWorld, forget, OTHER_OWNER, PEOPLE } from './decision-world-fixture'
import { releaseRequest } from './reads-request'
import { listWaivers, waiver, waiversForReview } from './reads-waivers'
import { newRequestSchema, newWaiverSchema } from './schema'
import { NOON } from './world-fixture'

let world: DecisionWorld
const { engineer, product_owner, slo_owner, administrator, viewer } = PEOPLE

beforeAll(async () => {
  world = await decisionWorld()
  // 2 % fail of a budget of 1 %: exhausted.
  await world.measure(NOON, () => 2)
})
afterAll(() => world.drop())
beforeEach(forget)

const what = (over: object = {}) =>
  newWaiverSchema.parse({
    service: 'checkout',
    reason: 'The sale starts tomorrow.',
    until: '2026-07-17T12:00:00Z',
    budgetLimit: 0.05,
    ...over,
  })
const ask = (over: object = {}, actor: Actor = engineer) => askForWaiver(actor, what(over), NOON)
const sign = (actor: Actor, { id, revision }: { id: number; revision: number }, verdict: 'grant' | 'refuse' = 'grant') =>
  signWaiver(actor, { id, revision, verdict, note: '' }, NOON + MINUTE)
const active = async (over: object = {}) => sign(slo_owner, await sign(product_owner, await ask(over)))
const release = (over: object = {}) =>
  askForRelease(
    engineer,
    newRequestSchema.parse({ service: 'checkout', version: '2.0.0', changeType: 'feature', risk: 'high', ...over }),
    NOON,
  )
const statusOf = async (id: number) => (await waiver(viewer, id)).status

describe('a waiver', () => {
  it('is in force once two people have signed, and opens what is blocked to a review at once', async () => {
    const { id, decision } = await release()
    expect(decision?.decision).toBe('block')
    const asked = await ask({ request: id })
    const once = await sign(product_owner, asked)
    expect([once.status, (await releaseRequest(viewer, id, NOON)).decision]).toEqual(['asked', 'block'])
    expect((await sign(slo_owner, once)).status).toBe('active')
    const found = await releaseRequest(viewer, id, NOON)
    expect([found.status, found.decision, found.missing]).toEqual(['decided', 'review', ['product_owner', 'slo_owner']])
    expect(found.evaluation?.rules.at(-1)).toMatchObject({ rule: 'waiver', effect: 'lifts' })
    expect(found.events.filter(({ kind }) => kind === 'waiver').map(({ text }) => text.slice(0, 28))).toEqual(
      ['Waiver W-1: Sofia signed. It ', 'Waiver W-1: Paula signed.', 'Waiver W-1 was asked for.'].map((text) =>
        text.slice(0, 28),
      ),
    )
  })
  it('for one request opens no other', async () => {
    const [first, second] = [await release(), await release({ version: '2.0.1' })]
    await active({ request: first.id })
    expect((await releaseRequest(viewer, second.id, NOON)).decision).toBe('block')
  })
  it('is signed by nobody for themselves, and by nobody twice', async () => {
    const asked = await ask({}, product_owner)
    await expect(sign(product_owner, asked)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('You asked for this waiver'),
    })
    const once = await sign(OTHER_OWNER, asked)
    await expect(sign(OTHER_OWNER, once)).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(sign(engineer, once)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
  it('is refused by one', async () => {
    const refused = await sign(slo_owner, await sign(product_owner, await ask()), 'refuse')
    expect(refused.status).toBe('refused')
    await expect(sign(administrator, refused)).rejects.toMatchObject({ code: 'CONFLICT' })
  })
  it('by twenty people at once comes into force once', async () => {
    const asked = await ask()
    const people = Array.from(
      { length: 20 },
      (_, i): Actor => ({
        ...product_owner,
        id: `00000000-0000-4000-8000-0000000002${String(i).padStart(2, '0')}`,
        name: `P${i}`,
      }),
    )
    const outcomes = await Promise.allSettled(people.map((one) => sign(one, asked)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await waiver(viewer, asked.id)).missing).toBe(1)
  }, 60_000)
  it.each([
    ['longer than the policy allows', { until: '2026-08-15T12:00:00Z' }, 'until', '14 days'],
    ['with more than the policy allows', { budgetLimit: 0.5 }, 'budgetLimit', '20 %'],
    ['for the past', { until: '2026-07-15T11:00:00Z' }, 'until', 'past'],
    ['for a request that is not there', { request: 99 }, 'request', 'no release request R-99'],
  ])('%s is refused at its field', (_, over, path, words) =>
    expect(ask(over)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path, message: expect.stringContaining(words) }],
    }),
  )
})

describe('its end', () => {
  it('comes by itself when its time is over, and what rests on it ends with it', async () => {
    const { id } = await active()
    const asked = await release()
    const approved = await sayVerdict(
      slo_owner,
      {
        ...(await sayVerdict(product_owner, { ...asked, verdict: 'approve', note: '', conditions: [] }, NOON)),
        verdict: 'approve',
        note: '',
        conditions: [],
      },
      NOON,
    )
    expect(approved.status).toBe('approved')
    expect(await followReleases(pool(), NOON + HOUR)).toMatchObject({ waivers: 0, expired: 0 })
    expect(await followReleases(pool(), NOON + 2 * DAY)).toMatchObject({ waivers: 1, expired: 1 })
    expect([await statusOf(id), (await waiver(viewer, id)).endReason]).toEqual(['ended', 'Its time is over.'])
    expect(await releaseRequest(viewer, asked.id, NOON)).toMatchObject({
      status: 'expired',
      endReason: expect.stringContaining('would be block now'),
    })
  })
  it('comes when somebody revokes it; whoever asked may withdraw it before', async () => {
    const held = await active()
    await expect(revokeWaiver(engineer, { ...held, note: '' }, NOON)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await revokeWaiver(product_owner, { ...held, note: 'The sale is off.' }, NOON)).status).toBe('revoked')
    const asked = await ask()
    await expect(withdrawWaiver(slo_owner, { ...asked, note: '' }, NOON)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await withdrawWaiver(engineer, { ...asked, note: '' }, NOON)).status).toBe('withdrawn')
  })
})

describe('on record', () => {
  it('shows repeats, and waits for the next review until one has looked', async () => {
    const first = await active()
    const second = await active()
    await ask()
    expect((await listWaivers(viewer, {})).map(({ repeats }) => repeats)).toEqual([2, 1, 0])
    expect((await waiversForReview(viewer)).map(({ id }) => id)).toEqual([second.id, first.id])
    await reviewWaiver(slo_owner, first, NOON)
    expect((await waiversForReview(viewer)).map(({ id }) => id)).toEqual([second.id])
  })
  it('tells those who have to sign, by name', async () => {
    await pool().query(
      `INSERT INTO channel (id, name, kind, settings) VALUES (1, 'Mail', 'email', '{"to": ["ops@example.org"], "owners": true}') ON CONFLICT DO NOTHING`,
    )
    await pool().query('INSERT INTO notification_route (channel_id) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM notification_route)')
    const { id } = await active()
    const { rows } = await pool().query('SELECT event, notice FROM outbox_message ORDER BY id')
    expect(rows.map(({ event }) => event)).toEqual(['waiver.asked', 'waiver.granted'])
    expect(rows[0].notice).toMatchObject({
      path: `/waivers/${id}`,
      recipients: ['paula@example.org', 'pia@example.org', 'sofia@example.org'],
    })
    expect(rows[1].notice.recipients).toEqual(['emil@example.org'])
  })
  it('uses what the policy of the service says', async () => {
    const settings = { ...STANDARD.settings, waivers: { longestDays: 1, largestLimit: 0.01 } }
    const { rows } = await pool().query(
      `INSERT INTO error_budget_policy (slug, name, settings) VALUES ('strict', 'Strict', $1) RETURNING id`,
      [settings],
    )
    await pool().query(`INSERT INTO error_budget_policy_assignment (scope, policy_id) VALUES ('default', $1)`, [rows[0].id])
    await expect(ask()).rejects.toMatchObject({ issues: [{ path: 'until' }] })
  })
})

/** The last: what is measured here stays measured. */
describe('its limit', () => {
  it('ends it when the budget is spent that it may spend', async () => {
    // From 12:01 on; half an hour at 50 % is 1 500 of 10 080 that the week allows: 14.9 %, more than 5 %.
    const { id } = await active()
    await world.measure(NOON + MINUTE, () => 2)
    await world.measure(NOON + 31 * MINUTE, () => 50)
    expect((await followReleases(pool(), NOON + 31 * MINUTE)).waivers).toBe(1)
    const found = await waiver(viewer, id)
    expect(found).toMatchObject({ status: 'ended', endReason: 'The budget it may spend is spent.', spentSlo: { name: 'orders' } })
    expect(found.spent).toBeCloseTo(1_500 / 10_080, 3)
  })
})
