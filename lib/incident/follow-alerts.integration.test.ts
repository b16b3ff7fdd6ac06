import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AlertTransition } from '../alert/transition'
import { pool } from '../db/client'
import { HOUR, MINUTE } from '../time-series/units'
import { openIncident } from './commands'
import { moveIncident } from './commands-status'
import { followAlerts } from './follow-alerts'
import { auditOf, EMIL, type IncidentWorld, incidentWorld, linesOf, NOON, stretchesOf } from './incident-world-fixture'

let world: IncidentWorld
/** The burn begins here; the noise before is below the allowance. */
const START = NOON + 10 * MINUTE
const FIRED = START + 8 * MINUTE
const during =
  (...stretches: [from: number, to: number][]) =>
  (at: number) =>
    stretches.some(([from, to]) => at >= from && at < to) ? 40 : 0

const followed = async (...transitions: AlertTransition[]) => {
  const client = await pool().connect()
  try {
    await client.query('BEGIN')
    const result = await followAlerts(client, transitions)
    await client.query('COMMIT')
    return result
  } finally {
    client.release()
  }
}
const incident = async (id: number | undefined) => (await pool().query('SELECT * FROM incident WHERE id = $1', [id])).rows[0]
const count = async () => Number((await pool().query('SELECT count(*) FROM incident')).rows[0].count)

beforeAll(async () => {
  world = await incidentWorld()
  const bad = during([START, START + 20 * MINUTE], [NOON + 2 * HOUR, NOON + 2 * HOUR + 10 * MINUTE])
  for (const id of [world.orders, world.pages, world.cards]) await world.measure(id, NOON + 5 * HOUR, bad)
})
afterAll(async () => world.drop())
beforeEach(async () => {
  await pool().query('DELETE FROM incident')
  await pool().query('DELETE FROM alert')
  await pool().query('DELETE FROM release')
})

describe('a page that people are told of', () => {
  it('opens an incident: since the first bad minute, with the release before it, and says so everywhere', async () => {
    await pool().query(
      `INSERT INTO release (service_id, version, released_at, created_by_name) VALUES
       ($1, '1.0', $2, 'ci'), ($1, '1.1', $3, 'ci'), ($1, '2.0', $4, 'ci'), ($5, '9.9', $3, 'ci')`,
      [world.checkout, START - 3 * HOUR, START - 20 * MINUTE, START + 5 * MINUTE, world.payments],
    )
    const fired = await world.fire({ sloId: world.orders, at: FIRED })
    const id = (await followed(fired)).get(fired.alertId)
    expect(await incident(id)).toMatchObject({
      ...{ title: 'orders burns its budget', severity: 'sev1', status: 'detected', origin: 'alert', version: 1 },
      ...{ started_at: START, detected_at: FIRED, opened_by_name: 'Headroom' },
    })
    const { rows: suspect } = await pool().query(
      'SELECT r.version FROM incident n JOIN release r ON r.id = n.suspected_release_id WHERE n.id = $1',
      [id],
    )
    expect(suspect).toEqual([{ version: '1.1' }])
    expect(await stretchesOf(id ?? 0)).toEqual([{ slo_id: world.orders, from_ts: START, to_ts: null }])
    expect((await linesOf(id ?? 0)).map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      'opened: Opened by a page about orders of Checkout.',
      'release: Checkout 1.1 was released 20 min before it began.',
      'alert: Page fired: orders burns 20.00 times its budget over 1 h, page above 14.4.',
    ])
    expect(await auditOf(id ?? 0)).toEqual(['poller: incident.open'])
    expect((await pool().query('SELECT incident_id FROM alert WHERE id = $1', [fired.alertId])).rows).toEqual([
      { incident_id: id },
    ])
    const marks = await pool().query('SELECT ts FROM counter_mark WHERE slo_id = $1', [world.orders])
    expect(marks.rows).toContainEqual({ ts: START })
  })

  it('told twice is followed once', async () => {
    const fired = await world.fire({ sloId: world.orders, at: FIRED })
    const first = await followed(fired)
    const lines = await linesOf(first.get(fired.alertId) ?? 0)
    expect(await followed(fired)).toEqual(first)
    expect(await linesOf(first.get(fired.alertId) ?? 0)).toEqual(lines)
    expect(await count()).toBe(1)
  })

  it('joins the open incident of its service, whoever opened that', async () => {
    const times = { startedAt: START - HOUR, title: 'Checkout is slow', summary: '', severity: 'sev3' as const }
    const { id } = await openIncident(EMIL, { ...times, services: ['checkout'], slos: [] }, START)
    const fired = [await world.fire({ sloId: world.orders, at: FIRED }), await world.fire({ sloId: world.pages, at: FIRED })]
    expect([...(await followed(...fired)).values()]).toEqual([id, id])
    expect(await stretchesOf(id)).toEqual([
      { slo_id: world.orders, from_ts: START, to_ts: null },
      { slo_id: world.pages, from_ts: START, to_ts: null },
    ])
  })

  it('two at once about one service open one', async () => {
    const [a, b] = [await world.fire({ sloId: world.orders, at: FIRED }), await world.fire({ sloId: world.pages, at: FIRED })]
    const [one, two] = await Promise.all([followed(a), followed(b)])
    expect(one.get(a.alertId)).toBe(two.get(b.alertId))
    expect(await count()).toBe(1)
  })
})

describe('who is quiet', () => {
  it('a page that is muted by what it needs joins the incident of that, in the same tick', async () => {
    const upstream = await world.fire({ sloId: world.cards, at: FIRED })
    const muted = { because: 'dependency', alertId: upstream.alertId, serviceId: world.payments, service: 'Payments' } as const
    const downstream = await world.fire({ sloId: world.orders, at: FIRED, muted })
    const placed = await followed(downstream, upstream)
    const id = placed.get(upstream.alertId) ?? 0
    expect(placed.get(downstream.alertId)).toBe(id)
    expect(await incident(id)).toMatchObject({ title: 'cards burns its budget', severity: 'sev2' })
    expect((await stretchesOf(id)).map(({ slo_id }) => slo_id)).toEqual([world.orders, world.cards])
    const services = await pool().query('SELECT service_id FROM incident_service WHERE incident_id = $1 ORDER BY 1', [id])
    expect(services.rows.map(({ service_id }) => service_id)).toEqual([world.checkout, world.payments])
    expect((await linesOf(id)).at(-1)?.text).toContain('Muted: Payments pages already.')
  })

  it('maintenance and tickets open nothing; a ticket joins', async () => {
    const maintained = await world.fire({
      ...{ sloId: world.orders, at: FIRED, muted: { because: 'maintenance', correctionId: 1, until: FIRED + HOUR } },
    })
    const early = await world.fire({ sloId: world.pages, at: FIRED, severity: 'ticket', long: 24 * HOUR })
    expect(await followed(maintained, early)).toEqual(new Map())
    expect(await count()).toBe(0)
    const page = await world.fire({ sloId: world.orders, at: FIRED + MINUTE })
    const ticket = await world.fire({ sloId: world.pages, at: FIRED + MINUTE, severity: 'ticket', long: 72 * HOUR })
    const placed = await followed(ticket, page)
    expect(placed.get(ticket.alertId)).toBe(placed.get(page.alertId))
    expect(await stretchesOf(placed.get(page.alertId) ?? 0)).toEqual([
      { slo_id: world.orders, from_ts: START, to_ts: null },
      { slo_id: world.pages, from_ts: START, to_ts: null },
    ])
  })

  it('once it is unmuted it opens one', async () => {
    const muted = { because: 'dependency', alertId: 99_999, serviceId: world.payments, service: 'Payments' } as const
    const fired = await world.fire({ sloId: world.orders, at: FIRED, muted })
    expect(await followed(fired)).toEqual(new Map())
    const placed = await followed({ ...fired, kind: 'unmuted', at: FIRED + 2 * MINUTE, muted: null })
    expect(await incident(placed.get(fired.alertId))).toMatchObject({ started_at: START, detected_at: FIRED })
  })
})

describe('the end', () => {
  const END = START + 20 * MINUTE
  const ended = async () => {
    const fired = await world.fire({ sloId: world.orders, at: FIRED })
    const ticket = await world.fire({ sloId: world.orders, at: FIRED, severity: 'ticket', long: 24 * HOUR })
    const id = (await followed(fired, ticket)).get(fired.alertId) ?? 0
    const over = await world.resolve(fired, END + 3 * MINUTE, END + 5 * MINUTE)
    await followed(over)
    return { id, over }
  }

  it('of the last page ends the harm where the errors stopped, though a ticket goes on', async () => {
    const { id, over } = await ended()
    expect(await incident(id)).toMatchObject({ status: 'mitigated', mitigated_at: END, version: 2 })
    expect(await stretchesOf(id)).toEqual([{ slo_id: world.orders, from_ts: START, to_ts: END }])
    const lines = await linesOf(id)
    expect(lines.slice(-2)).toEqual([
      { kind: 'alert', text: 'Page ended: orders.', author_name: 'Headroom' },
      { kind: 'status', text: 'Mitigated by Headroom: the last page ended.', author_name: 'Headroom' },
    ])
    expect(await auditOf(id)).toEqual(['poller: incident.open', 'poller: incident.status'])
    await followed(over)
    expect(await linesOf(id)).toEqual(lines)
  })

  it('of one of two SLOs ends its stretch only', async () => {
    const [a, b] = [await world.fire({ sloId: world.orders, at: FIRED }), await world.fire({ sloId: world.pages, at: FIRED })]
    const id = (await followed(a, b)).get(a.alertId) ?? 0
    await followed(await world.resolve(a, END, END + 2 * MINUTE))
    expect(await incident(id)).toMatchObject({ status: 'detected', mitigated_at: null })
    expect((await stretchesOf(id)).map(({ to_ts }) => to_ts)).toEqual([END, null])
    await followed(await world.resolve(b, END, END + 4 * MINUTE))
    expect(await incident(id)).toMatchObject({ status: 'mitigated', mitigated_at: END })
  })

  it('is left to people when they opened it', async () => {
    const fields = { startedAt: START, title: 'Slow', summary: '', severity: 'sev3' as const, services: ['checkout'], slos: [] }
    const { id } = await openIncident(EMIL, fields, START)
    const fired = await world.fire({ sloId: world.orders, at: FIRED })
    await followed(fired)
    await followed(await world.resolve(fired, END, END + MINUTE))
    expect(await incident(id)).toMatchObject({ status: 'detected' })
    expect((await linesOf(id)).at(-1)?.text).toBe('Page ended: orders.')
  })

  it('was too early when it fires again within the hour: a new stretch of the same incident', async () => {
    const { id } = await ended()
    await moveIncident(EMIL, { id, verb: 'resolve', note: '' }, END + 10 * MINUTE)
    // As if the second burst came half an hour later: the minutes are those of the first hour's end.
    await pool().query('UPDATE incident SET mitigated_at = $2 WHERE id = $1', [id, NOON + 2 * HOUR - 30 * MINUTE])
    const again = await world.fire({ sloId: world.orders, at: NOON + 2 * HOUR + 6 * MINUTE })
    expect((await followed(again)).get(again.alertId)).toBe(id)
    expect(await incident(id)).toMatchObject({ status: 'detected', mitigated_at: null, resolved_at: null })
    expect(await stretchesOf(id)).toEqual([
      { slo_id: world.orders, from_ts: START, to_ts: END },
      { slo_id: world.orders, from_ts: NOON + 2 * HOUR, to_ts: null },
    ])
    expect((await linesOf(id)).map(({ text }) => text)).toContain('Reopened by Headroom: orders burns again.')
  })

  it('later it is a new incident', async () => {
    const { id } = await ended()
    const again = await world.fire({ sloId: world.orders, at: NOON + 2 * HOUR + 6 * MINUTE })
    const other = (await followed(again)).get(again.alertId)
    expect(other).not.toBe(id)
    expect(await incident(other)).toMatchObject({ started_at: NOON + 2 * HOUR, status: 'detected' })
  })

  it('said by a person stands while nothing burns after it', async () => {
    const fired = await world.fire({ sloId: world.orders, at: FIRED })
    const id = (await followed(fired)).get(fired.alertId) ?? 0
    await moveIncident(EMIL, { id, verb: 'mitigate', at: END, note: '' }, END + MINUTE)
    const late = await world.fire({ sloId: world.orders, at: END + 2 * MINUTE, long: 6 * HOUR })
    expect((await followed(late)).get(late.alertId)).toBe(id)
    expect(await incident(id)).toMatchObject({ status: 'mitigated', mitigated_at: END })
    expect(await stretchesOf(id)).toEqual([{ slo_id: world.orders, from_ts: START, to_ts: END }])
  })
})
