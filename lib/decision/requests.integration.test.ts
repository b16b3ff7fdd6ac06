import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { askAgain, askForRelease, editRequest } from './commands'
import { followReleases } from './commands-follow'
import { markReleased, reportWentOut } from './commands-release'
import { sayVerdict, takeBack, tickCondition, withdrawRequest } from './commands-say'
import { audits, type DecisionWorld, decisionWorld, forget, OTHER_OWNER, PEOPLE } from './decision-world-fixture'
import { listRequests } from './reads'
import { releaseRequest } from './reads-request'
import { newRequestSchema } from './schema'
import { NOON } from './world-fixture'

let world: DecisionWorld
const { engineer, product_owner, slo_owner, administrator, viewer } = PEOPLE

/** One in a thousand fails: a tenth of the budget of 1 %. */
const CALM = (ts: number) => ((ts / MINUTE) % 10 === 0 ? 1 : 0)

beforeAll(async () => {
  world = await decisionWorld()
  await world.measure(NOON, CALM)
})
afterAll(() => world.drop())
beforeEach(forget)

const what = (over: object = {}) =>
  newRequestSchema.parse({ service: 'checkout', version: '1.42.0', changeType: 'feature', risk: 'high', ...over })
const ask = (over: object = {}, actor: Actor = engineer) => askForRelease(actor, what(over), NOON)
const say = (
  actor: Actor,
  { id, revision }: { id: number; revision: number },
  verdict: 'approve' | 'refuse' = 'approve',
  conditions: never[] = [],
) =>
  sayVerdict(
    actor,
    { id, revision, verdict, note: verdict === 'refuse' ? 'Not before the sale.' : '', conditions },
    NOON + MINUTE,
  )
const now = (id: number, actor: Actor = viewer) => releaseRequest(actor, id, NOON + MINUTE)

describe('asking', () => {
  it('is answered at once: low risk on a healthy service goes out', async () => {
    const { id, status, decision } = await ask({ risk: 'low' })
    expect([status, decision?.decision, decision?.validUntil]).toEqual(['approved', 'approve', NOON + 4 * HOUR])
    const found = await now(id)
    expect(found.evaluation?.slos[0]).toMatchObject({ name: 'orders', state: 'healthy', remaining: expect.closeTo(0.9, 3) })
    expect(found.events.map(({ kind }) => kind)).toEqual(['decided', 'asked'])
    expect([await audits('release_request.create'), await audits('release_request.decided')]).toEqual([1, 1])
  })
  it('with the five questions yields the risk', async () => {
    const answers = { data: true, contract: false, spread: false, back: true, untested: false }
    const { id } = await ask({ risk: undefined, answers })
    expect(await now(id)).toMatchObject({ risk: 'high', answers })
  })
  it('for a draft decides nothing until it is asked, and may be changed until then', async () => {
    const { id, revision, status } = await ask({ draft: true })
    expect(status).toBe('draft')
    const { draft: _, ...changed } = what({ version: '1.43.0', risk: 'low' })
    const edited = await editRequest(engineer, { id, revision, ...changed }, NOON)
    await expect(editRequest(engineer, { id, revision, ...changed }, NOON)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await askAgain(engineer, edited, NOON)).toMatchObject({ status: 'approved' })
    expect(await now(id)).toMatchObject({ version: '1.43.0', status: 'approved' })
  })
  it.each([
    ['a service that is not there', { service: 'chekout' }, 'service', 'Did you mean checkout?'],
    ['a time that is past', { plannedAt: '2026-07-15T08:00:00Z' }, 'plannedAt', 'past'],
  ])('about %s is refused at its field', (_, over, path, words) =>
    expect(ask(over)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path, message: expect.stringContaining(words) }],
    }),
  )
})

describe('a review', () => {
  it('of high risk needs the product owner and the SLO owner; conditions stay and are ticked off', async () => {
    const asked = await ask()
    expect((await now(asked.id)).missing).toEqual(['product_owner', 'slo_owner'])
    const condition = { kind: 'canary', share: 0.1, minutes: 30 } as const
    const first = await sayVerdict(
      product_owner,
      { ...asked, verdict: 'approve', note: 'With care.', conditions: [condition] },
      NOON,
    )
    expect(first.status).toBe('decided')
    expect((await now(asked.id)).missing).toEqual(['slo_owner'])
    expect((await say(slo_owner, first)).status).toBe('approved')
    const [kept] = (await now(asked.id)).conditions
    expect(kept).toMatchObject({ condition, setBy: 'Paula', doneAt: null })
    await tickCondition(engineer, { id: asked.id, condition: kept?.id ?? 0, done: true }, NOON + 9)
    expect((await now(asked.id)).conditions[0]).toMatchObject({ doneAt: NOON + 9, doneBy: 'Emil' })
  })
  it('is one for the person who asked by nobody, and for a token of theirs neither', async () => {
    const asked = await ask({}, product_owner)
    await expect(say(product_owner, asked)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('You asked for this release'),
    })
    const token: Actor = { type: 'token', id: 't', name: 'ci', role: 'product_owner', ownerId: product_owner.id }
    await expect(say(token, asked)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(say({ ...token, ownerId: null }, asked)).rejects.toMatchObject({
      message: expect.stringContaining('needs a person'),
    })
    expect((await say(OTHER_OWNER, asked)).status).toBe('decided')
  })
  it('takes two people even where one could speak for both', async () => {
    const first = await say(administrator, await ask())
    expect(first.status).toBe('decided')
    await expect(say(administrator, first)).rejects.toMatchObject({ code: 'CONFLICT' })
  })
  it('that is refused is over, says why, and can be asked for again', async () => {
    const asked = await ask()
    const refused = await say(product_owner, asked, 'refuse')
    expect(await now(asked.id)).toMatchObject({ status: 'refused', endReason: expect.stringContaining('Not before the sale.') })
    await expect(say(slo_owner, refused)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('refused') })
    expect((await askAgain(engineer, refused, NOON)).status).toBe('decided')
    expect((await now(asked.id)).approvals).toMatchObject([{ void: true }])
  })
  it('can be taken back by whoever approved, until it went out', async () => {
    const asked = await ask({ changeType: 'feature', risk: 'high' })
    const approved = await say(slo_owner, await say(product_owner, asked))
    await expect(takeBack(OTHER_OWNER, { ...approved, note: '' }, NOON)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const back = await takeBack(product_owner, { ...approved, note: 'Too early.' }, NOON)
    expect(back.status).toBe('decided')
    const again = await say(product_owner, back)
    const out = await markReleased(engineer, { ...again, at: null }, NOON + 2 * MINUTE)
    await expect(takeBack(product_owner, { ...out, note: '' }, NOON)).rejects.toMatchObject({ code: 'CONFLICT' })
  })
  it('is not to be had through the draft of somebody else', async () => {
    const { id, revision } = await ask({ draft: true })
    const { draft: _, ...mine } = what({ version: '9.9.9' })
    await expect(editRequest(product_owner, { id, revision, ...mine }, NOON)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
  it('comes to nothing once its time is over', async () => {
    const { id, revision } = await ask()
    const late = sayVerdict(product_owner, { id, revision, verdict: 'approve', note: '', conditions: [] }, NOON + 5 * HOUR)
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('not valid any more') })
  })
  it('says whose word is missing to whom it is not', async () => {
    const first = await say(product_owner, await ask())
    await expect(say(OTHER_OWNER, first)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'What is missing is the word of the SLO owner.',
    })
  })
  it('is withdrawn by whoever asked', async () => {
    const asked = await ask()
    await expect(withdrawRequest(slo_owner, { ...asked, note: '' }, NOON)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await withdrawRequest(engineer, { ...asked, note: '' }, NOON)).status).toBe('withdrawn')
  })
})

describe('at the same time', () => {
  it('fifty approvals and refusals of one request are exactly one transition', async () => {
    const asked = await ask({ changeType: 'reliability_fix', risk: 'high' })
    await pool().query(
      `UPDATE release_request SET evaluation = jsonb_set(evaluation, '{approvers}', '["product_owner"]') WHERE id = $1`,
      [asked.id],
    )
    const people = Array.from(
      { length: 50 },
      (_, i): Actor => ({
        ...product_owner,
        id: `00000000-0000-4000-8000-0000000001${String(i).padStart(2, '0')}`,
        name: `P${i}`,
      }),
    )
    const outcomes = await Promise.allSettled(people.map((one, i) => say(one, asked, i % 2 === 0 ? 'approve' : 'refuse')))
    const done = outcomes.filter(({ status }) => status === 'fulfilled')
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))
    expect(done).toHaveLength(1)
    expect(refused).toEqual(Array(49).fill('CONFLICT'))
    const { approvals, events, revision } = await now(asked.id)
    expect([approvals.length, events.filter(({ kind }) => kind === 'approved' || kind === 'refused').length, revision]).toEqual([
      1,
      1,
      asked.revision + 1,
    ])
    expect((await audits('release_request.approved')) + (await audits('release_request.refused'))).toBe(1)
  }, 60_000)
  it('deciding anew and saying a word do not lose one another', async () => {
    const asked = await ask()
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 15 }, () => askAgain(engineer, asked, NOON)),
      ...Array.from({ length: 15 }, () => say(product_owner, asked)),
    ])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  }, 60_000)
})

describe('one bad row', () => {
  it('does not hold up the others', async () => {
    const { id: bad } = await ask({ risk: 'low' })
    const { id: good } = await ask({ risk: 'low', version: '1.50.0' })
    await pool().query(`UPDATE release_request SET evaluation = '{"slos": 7}', valid_until = 1 WHERE id = $1`, [bad])
    await pool().query(`UPDATE release_request SET requested_at = requested_at - $2::int WHERE id = $1`, [good, 30 * DAY])
    expect((await followReleases(pool(), NOON + MINUTE)).expired).toBe(1)
    expect((await now(good)).status).toBe('expired')
  })
  it('of evaluations is one without data', async () => {
    await pool().query('UPDATE slo_status SET inputs = $1', [[1, 2]])
    expect((await ask({ risk: 'low' })).decision?.decision).toBe('review')
    await world.measure(NOON + MINUTE, CALM)
  })
})

describe('going out', () => {
  it('marks the release and is observed when its day is measured', async () => {
    const asked = await ask({ risk: 'low' })
    const out = await markReleased(engineer, { ...asked, at: NOON }, NOON + MINUTE)
    const { rows } = await pool().query('SELECT version, released_at AS at FROM release WHERE id = $1', [out.release])
    expect(rows).toEqual([{ version: '1.42.0', at: NOON }])
    await pool().query(
      `INSERT INTO release_cost (release_id, slo_id, horizon, to_ts, bad, total, spent, excess) VALUES ($1, $2, 86400, $3, 1, 1, 0.04, 0.0312)`,
      [out.release, world.orders, NOON + DAY],
    )
    expect((await followReleases(pool(), NOON + DAY)).observed).toBe(1)
    const found = await now(asked.id)
    expect([found.status, found.events[0]?.text]).toEqual(['observed', 'Within a day it cost 3.2 % of the budget of orders.'])
  })
  it('by a pipeline that reports the version finds its request', async () => {
    const { id } = await ask({ risk: 'low' })
    const told = { service: 'checkout', version: '1.42.0', at: NOON, link: '', description: '' }
    expect(await reportWentOut(engineer, told, NOON + 9)).toMatchObject({ request: id, known: false })
    expect(await reportWentOut(engineer, told, NOON + 9)).toMatchObject({ request: id, known: true })
    expect((await now(id)).status).toBe('released')
  })
  it('without an approval is written down as that', async () => {
    const { id } = await ask()
    await reportWentOut(engineer, { service: 'checkout', version: '1.42.0', at: NOON, link: '', description: '' }, NOON + 9)
    const found = await now(id)
    expect([found.status, found.events[0]?.kind, found.release !== null]).toEqual(['expired', 'unapproved', true])
  })
})

describe('people', () => {
  it('hear of what they have to act on, and of nothing that they read where they asked', async () => {
    await pool().query(
      `INSERT INTO channel (id, name, kind, settings) VALUES (1, 'Mail', 'email', '{"to": ["ops@example.org"], "owners": true}'), (2, 'Pager', 'alertmanager', '{"url": "http://am"}') ON CONFLICT DO NOTHING`,
    )
    await pool().query(
      'INSERT INTO notification_route (channel_id) SELECT id FROM channel WHERE NOT EXISTS (SELECT 1 FROM notification_route)',
    )
    await ask({ risk: 'low' })
    const asked = await ask({ version: '1.43.0', rollbackPlan: 'Turn the flag off.' })
    await say(slo_owner, await say(product_owner, asked))
    const { rows } = await pool().query('SELECT channel_id AS channel, event, subject, notice FROM outbox_message ORDER BY id')
    expect(rows.map(({ channel, event, subject }) => [channel, event, subject])).toEqual([
      [1, 'release.decided', 'Your decision is needed: Checkout 1.43.0 (R-2)'],
      [1, 'release.approved', 'Approved: Checkout 1.43.0 (R-2)'],
    ])
    expect(rows.map(({ notice }) => notice.recipients)).toEqual([
      ['paula@example.org', 'pia@example.org', 'sofia@example.org'],
      ['emil@example.org'],
    ])
    expect(rows[0].notice.path).toBe(`/releases/${asked.id}`)
  })
})

describe('the list', () => {
  it('says what waits for whom', async () => {
    await ask()
    await ask({ risk: 'low', version: '1.41.9' })
    const list = (actor: Actor, view: 'waiting' | 'approved' | 'all') => listRequests(actor, { view, limit: 50 })
    expect((await list(product_owner, 'waiting')).items.map(({ yours, missing }) => [yours, missing])).toEqual([
      [true, ['product_owner', 'slo_owner']],
    ])
    expect((await list(engineer, 'waiting')).items.map(({ yours }) => yours)).toEqual([false])
    expect((await list(viewer, 'approved')).items.map(({ version }) => version)).toEqual(['1.41.9'])
    expect((await list(viewer, 'all')).items).toHaveLength(2)
  })
})
