import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db, disconnect, pool } from '../db/client'
import { dayText } from '../format-time'
import { EMIL, type IncidentWorld, incidentWorld, NOON, SOFIA, VERA } from '../incident/incident-world-fixture'
import { savePlan } from '../priority/commands'
import { DAY, HOUR } from '../time-series/units'
import type { Practice } from './practice'
import { governance } from './reads'
import { governanceQuerySchema } from './schema'

/** NOON is 15 July 2026: the third quarter began on the first of it. */
const date = (at: number) => new Date(at * 1000)
const day = (month: number, day: number) => Date.UTC(2026, month - 1, day) / 1000
const WEEK = 7 * DAY

let world: IncidentWorld
beforeAll(async () => {
  world = await incidentWorld()
}, 120_000)
beforeEach(async () => {
  await pool().query('TRUNCATE incident, action_item, waiver, capacity_plan, audit_entry, wall_link CASCADE')
  await db().service.updateMany({ data: { createdAt: date(NOON - 1_000 * DAY) } })
})
afterAll(async () => {
  await disconnect()
  await world.drop()
})

const read = (more: object = {}, now = NOON) => governance(VERA, governanceQuerySchema.parse(more), now)
async function practice(key: string, now = NOON): Promise<Practice> {
  const found = (await read({}, now)).practices.find((one) => one.key === key)
  if (!found) throw new Error(`no practice ${key}`)
  return found
}
const kept = ({ occurrences }: Practice) => occurrences.map((one) => `${one.what}: ${one.kept}`)

describe('quarterly planning', () => {
  const plan = async (quarter: string, version: number, now: number, note = '') => {
    await savePlan({ ...SOFIA, role: 'product_owner' }, { team: 'payments', quarter, reliability: 0.2, note, version }, now)
    // The audit row says when it was really written: in this test, now.
    await pool().query(`UPDATE audit_entry SET at = to_timestamp($1) WHERE id = (SELECT max(id) FROM audit_entry)`, [now])
  }
  it('is counted for the last four quarters and the next one', async () =>
    expect(kept(await practice('planning'))).toEqual([
      'Payments, Q4 2025: missed',
      'Payments, Q1 2026: missed',
      'Payments, Q2 2026: missed',
      'Payments, Q3 2026: missed',
      'Payments, Q4 2026: open',
    ]))
  it('is not asked of a team before it had a service', async () => {
    await db().service.updateMany({ data: { createdAt: date(day(4, 1)) } })
    expect(kept(await practice('planning'))).toEqual(['Payments, Q3 2026: missed', 'Payments, Q4 2026: open'])
  })
  it('was done when it was first written down, however often it was changed since', async () => {
    await plan('2026-Q3', 0, day(6, 20))
    await plan('2026-Q3', 1, day(7, 10), 'More.')
    await plan('2026-Q2', 0, day(4, 2))
    expect(kept(await practice('planning')).slice(2, 4)).toEqual(['Payments, Q2 2026: late', 'Payments, Q3 2026: kept'])
  })
})

describe('what incidents leave to do', () => {
  const incident = (title: string, resolvedAt: number, retrospectiveAt: number | null) =>
    db().incident.create({
      data: {
        ...{ title, severity: 'sev1', status: 'resolved', origin: 'person', openedBy: EMIL.id, openedByName: EMIL.name },
        ...{ startedAt: resolvedAt - HOUR, detectedAt: resolvedAt - HOUR, resolvedAt, retrospectiveAt },
        impacts: { create: { sloId: world.orders, fromTs: resolvedAt - HOUR, toTs: resolvedAt } },
      },
    })
  it('is a retrospective, in two weeks: missed for as long as nobody holds it', async () => {
    await incident('long ago, held', NOON - 20 * WEEK, NOON - 19 * WEEK)
    await incident('long ago', NOON - 20 * WEEK, null)
    await incident('late', NOON - 6 * WEEK, NOON - WEEK)
    await incident('planned for next week', NOON - 5 * WEEK, NOON + WEEK)
    await incident('planned, and in time', NOON - WEEK, NOON + 3 * DAY)
    expect(kept(await practice('retrospectives')).map((line) => line.replace(/^INC-\d+ /, ''))).toEqual([
      ...['long ago: missed', 'late: late', 'planned for next week: missed', 'planned, and in time: open'],
    ])
  })
  it('are actions: due on their day, until its last second, and missed until they are done', async () => {
    const { id: incidentId } = await incident('outage', NOON - WEEK, NOON)
    const action = (title: string, dueOn: number | null, doneAt: number | null) =>
      db().actionItem.create({ data: { incidentId, title, dueOn: dueOn === null ? null : date(dueOn), doneAt } })
    await action('today', day(7, 15), null)
    await action('long ago', day(1, 10), null)
    await action('long ago, done', day(1, 10), day(1, 9))
    await action('at the last moment', day(7, 10), day(7, 11) - 1)
    await action('a moment late', day(7, 11), day(7, 12))
    await action('far ahead', day(9, 1), null)
    await action('some day', null, null)
    const found = await practice('actions')
    expect(
      found.occurrences.map(({ what, due, kept }) => `${what.split(' ').slice(1).join(' ')}: ${kept}, ${dayText(due, NOON)}`),
    ).toEqual([
      'long ago: missed, Sat 10 Jan',
      'at the last moment: kept, Fri 10 Jul',
      'a moment late: late, Sat 11 Jul',
      'today: open, Wed 15 Jul',
    ])
    expect((await practice('actions', day(7, 16))).occurrences.at(-1)?.kept).toBe('missed')
    expect((await read()).loose).toEqual([
      { kind: 'undated-action', count: 1, sentence: 'An open action of an incident has no date.', link: '/incidents' },
    ])
    const other = await db().team.upsert({ where: { slug: 'other' }, create: { slug: 'other', name: 'Other' }, update: {} })
    expect((await read({ team: other.slug })).loose).toEqual([])
  })
})

describe('agreement on policies', () => {
  it('is asked of each version that held for two weeks, also where one holds for a single SLO', async () => {
    const policy = await db().errorBudgetPolicy.findFirstOrThrow({ where: { preset: true, slug: { not: 'standard' } } })
    const settings = { ...(policy.settings as object), agreedBy: ['slo_owner'] }
    await db().errorBudgetPolicyVersion.deleteMany({ where: { policyId: policy.id } })
    for (const [version, at] of [day(3, 1), day(4, 1), day(4, 14), day(5, 1), day(7, 10)].entries())
      await db().errorBudgetPolicyVersion.create({
        data: { policyId: policy.id, version: version + 1, validFrom: date(at), author: 'Ada', changes: [], settings },
      })
    await db().errorBudgetPolicy.update({ where: { id: policy.id }, data: { version: 5, settings } })
    expect(kept(await practice('agreements')).some((line) => line.startsWith(policy.name))).toBe(false)
    await db().errorBudgetPolicyAssignment.create({
      data: { scope: `slo:${world.cards}`, policyId: policy.id, sloId: world.cards },
    })
    // The second version was replaced after thirteen days: nobody had to agree to it any more.
    expect(kept(await practice('agreements')).filter((line) => line.startsWith(policy.name))).toEqual([
      ...[1, 3, 4].map((version) => `${policy.name}, version ${version}: missed`),
      `${policy.name}, version 5: open`,
    ])
    const payments = (await read()).services.find(({ slug }) => slug === 'payments')
    expect(payments?.sloPolicies.map(({ slug }) => slug)).toEqual([policy.slug])
    expect(payments?.gaps.map(({ sentence }) => sentence).join()).toContain(
      `The policy of an SLO, ${policy.name}, is not agreed by`,
    )
  })
})

describe('links to the wall', () => {
  it('of whoever has left are a gap until they end', async () => {
    const made = { prefix: 'hw_', createdBy: 'Emil', makerId: EMIL.id, createdAt: date(NOON - DAY) }
    const links = [
      { name: 'Lobby', hash: 'a'.repeat(64) },
      { name: 'Revoked', hash: 'b'.repeat(64), revokedAt: date(NOON), revokedBy: 'Ada' },
      { name: 'Expired', hash: 'c'.repeat(64), expiresAt: date(NOON) },
      { name: 'Of Sofia', hash: 'd'.repeat(64), makerId: SOFIA.id, createdBy: 'Sofia' },
    ]
    await db().wallLink.createMany({ data: links.map((one) => ({ ...made, ...one })) })
    expect((await read()).loose).toEqual([])
    await db().user.update({ where: { id: EMIL.id }, data: { disabledAt: date(NOON) } })
    expect((await read()).loose.map(({ sentence }) => sentence)).toEqual([
      'The link to the wall “Lobby” was made by Emil, who has left.',
    ])
    expect((await read({ team: 'payments' })).loose).toEqual([])
  })
})

describe('reviews', () => {
  const THURSDAY = day(7, 2)
  it('are held before the next one comes; what was skipped is asked of nobody', async () => {
    const team = await db().team.findUniqueOrThrow({ where: { slug: 'payments' } })
    const cycle = await db().reviewCycle.create({
      data: {
        name: 'Payments weekly',
        teamId: team.id,
        rrule: 'FREQ=WEEKLY',
        timeZone: 'UTC',
        startsAt: '2026-06-11T00:00',
        checklist: [],
      },
    })
    const facts = { cycleId: cycle.id, facilitatorId: 'x', facilitatorName: 'Sofia' }
    const more = { skipped: { skipReason: 'Holidays' }, closed: { snapshot: {}, timer: {}, minutes: {} } }
    const held = (week: number, startedAt: number, status: 'closed' | 'skipped' = 'closed') =>
      db().review.create({
        data: { ...facts, occurrence: THURSDAY + week * WEEK, status, startedAt, endedAt: startedAt + HOUR, ...more[status] },
      })
    await held(-3, THURSDAY - 3 * WEEK + HOUR)
    await held(-2, THURSDAY)
    await held(-1, THURSDAY, 'skipped')
    // 11 June: in time; 18 June: a week late; 25 June: skipped; 2 July: never; 9 July: still open on the 15th.
    const found = await practice('reviews')
    expect(found.occurrences.map(({ kept }) => kept)).toEqual(['kept', 'late', 'missed', 'open'])
    await db().reviewCycle.deleteMany()
  })
})

describe('monthly reports', () => {
  const built = (month: string, revision: number, builtAt: number) =>
    pool().query(
      `INSERT INTO report (service_id, month, zone, revision, document, hash, html, built_at, built_by, met, judged)
       SELECT v.id, $1, 'UTC', $2, '{}', 'h', '', $3, 'schedule', 1, 1 FROM service v
       WHERE EXISTS (SELECT 1 FROM slo s JOIN slo_evaluation e ON e.slo_id = s.id WHERE s.service_id = v.id AND e.history_from IS NOT NULL)`,
      [month, revision, builtAt],
    )
  it('are there two days after the month; a correction later is no delay, and months before the first are nobody’s', async () => {
    await pool().query('UPDATE slo_evaluation SET history_from = $1', [day(1, 1)])
    await built('2026-05', 1, day(6, 1) + HOUR)
    await built('2026-05', 2, day(6, 20))
    expect(kept(await practice('reports'))).toEqual(['Payments, May 2026: kept', 'Payments, June 2026: missed'])
    await built('2026-06', 1, day(7, 5))
    expect(kept(await practice('reports'))).toEqual(['Payments, May 2026: kept', 'Payments, June 2026: late'])
  })
})
