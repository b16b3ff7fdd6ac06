import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AlertTransition } from '../alert/transition'
import { pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { HOUR, MINUTE } from '../time-series/units'
import { tellOfAlerts } from './alert-notices'
import { FIRED_AT, transition } from './transition-fixture'

let database: Awaited<ReturnType<typeof testDatabase>>
let sloId = 0

beforeAll(async () => {
  database = await testDatabase()
  const slos = await testSlos(pool(), 'http://127.0.0.1:9')
  const requests = { metric: 'requests_total', matchers: [] }
  const failed = [{ label: 'status', op: '=~' as const, value: '5..' }]
  sloId = await slos.addSlo({ slug: 'availability', indicator: { kind: 'availability', requests, failed } })
  await pool().query(`INSERT INTO channel (name, kind, settings) VALUES ('Hook', 'slack', '{"url": "http://127.0.0.1:9"}')`)
  await pool().query(`INSERT INTO notification_route (channel_id, severities) VALUES (1, '{page}')`)
})
afterAll(async () => database.drop())

/** The engine's own row of an alert, as it is once its transition is written. */
async function stored(change: Partial<AlertTransition>, state: 'firing' | 'resolved'): Promise<AlertTransition> {
  const one = transition({ sloId, ...change })
  await pool().query(
    `INSERT INTO alert (id, slo_id, severity, "long", short, state, pending_since, fired_at, held_at, policy_name, policy_version, evidence, muted)
     VALUES ($1, $2, $3, $4, $5, $6::alert_state, $7, $8, $9, 'Workbook', 1, $10, $11)
     ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state, muted = EXCLUDED.muted`,
    [
      one.alertId,
      sloId,
      one.severity,
      one.long,
      one.short,
      state,
      one.pendingSince + one.long,
      one.firedAt,
      one.heldAt,
      one.evidence,
      one.muted,
    ],
  )
  return one
}
const tell = (...transitions: AlertTransition[]) => tellOfAlerts(pool(), transitions, new Map([[1, 12]]))
const told = async () => (await pool().query('SELECT key, notice FROM outbox_message ORDER BY id')).rows
const keys = async () => (await told()).map(({ key }) => key)

it('a page is told once when it begins and once when it ends, whatever its pairs do', async () => {
  const first = await stored({ alertId: 1 }, 'firing')
  await tell(first)
  await tell(first)
  expect(await keys()).toEqual(['alert 1 fired'])
  const [{ notice }] = await told()
  expect(notice).toMatchObject({
    ...{ path: '/incidents/12', incidentId: 12, severity: 'page', startsAt: FIRED_AT },
    service: { slug: 'checkout', name: 'Checkout', tier: 'critical', team: 'payments' },
    slo: { id: sloId, slug: 'availability', name: 'availability' },
  })
  await tell(await stored({ alertId: 2, long: 6 * HOUR, at: FIRED_AT + 10 * MINUTE }, 'firing'))
  await tell(await stored({ alertId: 3, severity: 'ticket', long: 24 * HOUR }, 'firing'))
  await tell(await stored({ alertId: 1, kind: 'resolved', at: FIRED_AT + 20 * MINUTE }, 'resolved'))
  expect(await keys()).toEqual(['alert 1 fired'])
  const last = await stored({ alertId: 2, kind: 'resolved', long: 6 * HOUR, at: FIRED_AT + 40 * MINUTE }, 'resolved')
  await tell(last)
  await tell(last)
  expect(await keys()).toEqual(['alert 1 fired', 'alert 2 resolved'])
})

it('a muted page is told when it is unmuted, and then its end is', async () => {
  const muted = { because: 'maintenance' as const, correctionId: 4, until: FIRED_AT + 24 * HOUR }
  await tell(await stored({ alertId: 11, long: HOUR + 1, muted }, 'firing'))
  expect(await keys()).toHaveLength(2)
  await tell(await stored({ alertId: 11, long: HOUR + 1, kind: 'unmuted', at: FIRED_AT + HOUR, firedAt: FIRED_AT }, 'firing'))
  expect((await keys()).slice(2)).toEqual(['alert 11 fired'])
  await tell(await stored({ alertId: 11, long: HOUR + 1, kind: 'muted', muted }, 'firing'))
  await tell(await stored({ alertId: 11, long: HOUR + 1, kind: 'resolved', muted }, 'resolved'))
  expect((await keys()).slice(2)).toEqual(['alert 11 fired', 'alert 11 resolved'])
})

it('a page that was muted to its end is not told at all', async () => {
  const muted = { because: 'dependency' as const, alertId: 9, serviceId: 2, service: 'Payments' }
  await tell(await stored({ alertId: 21, long: HOUR + 2, muted }, 'firing'))
  await tell(await stored({ alertId: 21, long: HOUR + 2, kind: 'resolved', muted }, 'resolved'))
  expect((await keys()).slice(4)).toEqual([])
})
