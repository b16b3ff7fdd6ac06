import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, disconnect, pool } from '../db/client'
import { type IncidentWorld, NOON, VERA } from '../incident/incident-world-fixture'
import { DAY, HOUR } from '../time-series/units'
import { planningCsv } from './planning-csv'
import { planningMarkdown } from './planning-markdown'
import { OUTAGE_AT, priorityWorld } from './priority-world-fixture'
import { priorities, teamToils } from './reads'
import { planning } from './reads-planning'
import { formulaText } from './words'

let world: IncidentWorld & { incident: number }
const FROM = { team: 'shop', quarter: '2026-Q3' }

beforeAll(async () => {
  world = await priorityWorld()
  await world.fire({ sloId: world.orders, at: OUTAGE_AT + HOUR })
  await world.fire({ sloId: world.orders, at: OUTAGE_AT + HOUR, severity: 'ticket' })
  const muted = await world.fire({ sloId: world.orders, at: OUTAGE_AT + 2 * HOUR, severity: 'ticket' })
  await pool().query(`UPDATE alert SET muted = '{"because": "page", "alertId": 1}' WHERE id = $1`, [muted.alertId])
  await world.fire({ sloId: world.orders, at: NOON - 31 * DAY })
}, 120_000)
afterAll(async () => {
  await disconnect()
  await world.drop()
})

// Seven days at 99 % are 100.8 minutes of budget; 252 minutes of outage are 2.5 budgets.
describe('the list', () => {
  it('ranks the budget that is overspent, with what counts for it', async () => {
    const { gaps, unknown } = await priorities(VERA, {}, NOON)
    expect([gaps.length, unknown.length]).toEqual([1, 0])
    const [gap] = gaps
    // One page and one ticket told people; a muted one and an old one did not count: 0.02 + 0.005.
    expect(gap).toMatchObject({ rank: 1, slo: { name: 'orders' }, effort: 'M', version: 0, owner: null })
    expect(gap?.consumed).toBeCloseTo(2.5, 9)
    expect(gap?.alerts).toEqual({ pages: 1, tickets: 1 })
    expect(gap && formulaText(gap)).toMatch(
      /^\(4 \(critical\) \+ 0\.75 \(Buy something journey\)\) × \(.+ alert load\) ÷ 2 \(M\) = /,
    )
  })
  it('says what to do, from the ledger', async () => {
    const [gap] = (await priorities(VERA, {}, NOON)).gaps
    expect(gap?.actions).toEqual([
      {
        what: 'Close its open actions: Watch the queue',
        because: `“Orders are lost” (INC-${world.incident}) spent 250.0 of the 250.0 points of budget that were spent.`,
        href: `/incidents/${world.incident}`,
      },
    ])
  })
  it('of another team is empty', async () =>
    expect(await priorities(VERA, { team: 'nobody' }, NOON)).toMatchObject({ gaps: [], unknown: [] }))
})

describe('toil', () => {
  it('follows from budgets and people', async () => {
    const [shop] = await teamToils(VERA, NOON)
    // Four SLOs, one of which spent 1.5 budgets too much: 100 − 1.5 ÷ 4. Half of 40 hours of three people.
    expect(shop?.performance).toBeCloseTo(99.625, 9)
    expect(shop).toMatchObject({ judged: 4, slos: 4, share: 0.5, known: 3, set: null, size: 3, hours: 60 })
  })
})

describe('planning', () => {
  it('shows each objective over the quarter, and its causes add up', async () => {
    const { rows, judged, met, largest } = await planning(VERA, FROM, NOON)
    const orders = rows.find(({ slo }) => slo.name === 'orders')
    // Ten days were measured, from 5 July: 14 400 minutes, 252 of them out. 1.75 % bad is 1.75 budgets of 1 %.
    expect(orders?.sli).toBeCloseTo(1 - 252 / 14_400, 9)
    expect(orders?.consumed).toBeCloseTo(1.75, 9)
    expect(orders).toMatchObject({ met: false, target: 0.99, since: NOON - 10 * DAY })
    expect(orders?.spent.incident).toBeCloseTo(1.75, 9)
    for (const { spent, consumed } of rows) expect(Object.values(spent).reduce((a, b) => a + b, 0)).toBeCloseTo(consumed ?? 0, 9)
    expect([judged, met]).toEqual([4, 3])
    expect(largest[0]).toMatchObject({ kind: 'incident', title: 'Orders are lost', slo: { name: 'orders' } })
  })
  it('counts what happened within it, and proposes the next quarter', async () => {
    const service = await db().service.findUniqueOrThrow({ where: { slug: 'checkout' } })
    const waiver = {
      serviceId: service.id,
      budgetLimit: 0.1,
      askedBy: '1',
      askedByName: 'Emil',
      askedAt: 0,
      status: 'active' as const,
    }
    await db().waiver.create({ data: { ...waiver, reason: 'Sale', activeFrom: NOON - DAY, untilTs: NOON + DAY, spent: 0.04 } })
    await db().waiver.create({ data: { ...waiver, reason: 'In spring', activeFrom: NOON - 99 * DAY, untilTs: NOON - 98 * DAY } })
    await db().waiver.create({ data: { ...waiver, reason: 'Never granted', untilTs: NOON + DAY, status: 'refused' } })
    await db().release.create({ data: { serviceId: service.id, version: '1', releasedAt: NOON, createdByName: 'ci' } })
    const view = await planning(VERA, FROM, NOON)
    expect(view.waivers.map(({ reason }) => reason)).toEqual(['Sale'])
    expect(view).toMatchObject({ releases: 1, incidents: 1, running: true, next: '2026-Q4', plan: null, agreed: null })
    // 20 + 40 × 1 ÷ 4 + 5 for the waiver + 10 for checkout, which is critical.
    expect(view.proposal).toMatchObject({ reliability: 0.45, sum: 45 })
    expect(view.top.map(({ slo }) => slo.name)).toEqual(['orders'])
    expect((await planning(VERA, { team: 'shop', quarter: '2026-Q2' }, NOON)).waivers.map(({ reason }) => reason)).toEqual([
      'In spring',
    ])
  })
  it('of a quarter without history judges nothing', async () => {
    const view = await planning(VERA, { team: 'shop', quarter: '2025-Q1' }, NOON)
    expect(view.rows.map(({ sli, met }) => [sli, met])).toEqual(Array(4).fill([null, null]))
    expect(view).toMatchObject({ judged: 0, proposal: { reliability: 0.2 }, toil: { performance: null, share: 0.5 } })
  })
  it('of a team that builds nothing is not there', async () =>
    expect(planning(VERA, { team: 'nobody' }, NOON)).rejects.toMatchObject({ code: 'NOT_FOUND' }))

  it('leaves as CSV with its numbers, and as Markdown with the shown ones', async () => {
    const view = await planning(VERA, FROM, NOON)
    const lines = planningCsv(view).split('\r\n')
    const orders = view.rows.find(({ slo }) => slo.name === 'orders')
    expect(lines).toContain(`Shop,2026-Q3,SLO,Checkout,orders,consumed,${orders?.consumed},budget`)
    expect(lines).toContain('Shop,2026-Q3,split,,,proposed for 2026-Q4,0.45,working time')
    const text = planningMarkdown(view, NOON)
    expect(text).toContain('| Checkout | orders | 99.00 % | 98.250 % | no | 175.0 % | 175.0 % |')
    expect(text).toContain('Proposed: 45 % reliability, 55 % features.')
  })
})
