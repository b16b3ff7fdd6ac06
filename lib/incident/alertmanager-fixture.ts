import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { MINUTE } from '../time-series/units'
import { alertmanagerSchema } from './alertmanager'
import { receiveAlerts } from './commands-webhook'
import { EMIL, type IncidentWorld, incidentWorld, linesOf, NOON } from './incident-world-fixture'

export let world: IncidentWorld
export const TOKEN: Actor = { type: 'token', id: 't1', name: 'alertmanager', role: 'engineer', ownerId: EMIL.id }
export const START = NOON - 10 * MINUTE
export const iso = (at: number) => new Date(at * 1000).toISOString()
export const OPEN = '0001-01-01T00:00:00Z'

/** To be called by each file of tests that uses it. */
export function alertmanagerWorld(): void {
  beforeAll(async () => {
    world = await incidentWorld()
    await world.measure(world.orders, NOON, () => 0)
  })
  afterAll(async () => world.drop())
  beforeEach(async () => {
    await pool().query('DELETE FROM incoming_alert')
    await pool().query('DELETE FROM incident')
  })
}

export type Sent = {
  fingerprint?: string
  status?: string
  startsAt?: string
  endsAt?: string
  labels?: Record<string, string>
  annotations?: object
}
export const alert = ({ labels = {}, ...more }: Sent = {}) => ({
  ...{ fingerprint: 'f1', status: 'firing', startsAt: iso(START), endsAt: OPEN, generatorURL: 'http://prometheus/graph' },
  labels: { alertname: 'OrdersFail', severity: 'critical', slo: 'checkout/orders', ...labels },
  annotations: { summary: 'Orders fail' },
  ...more,
})
/** As Alertmanager sends it, with all the fields that nobody needs. */
export const message = (alerts: unknown[], groupKey = '{}:{alertname="OrdersFail"}') =>
  alertmanagerSchema.parse({
    ...{ version: '4', groupKey, truncatedAlerts: 0, status: 'firing', receiver: 'headroom', groupLabels: {}, commonLabels: {} },
    ...{ commonAnnotations: {}, externalURL: 'http://alertmanager', alerts },
  })
export const send = (alerts: unknown[], groupKey?: string, now = NOON) => receiveAlerts(TOKEN, message(alerts, groupKey), now)
export const resolved = (more: Sent = {}) => alert({ status: 'resolved', endsAt: iso(NOON - MINUTE), ...more })
export const incidents = async () => (await pool().query('SELECT * FROM incident ORDER BY id')).rows
export const kept = async () =>
  (await pool().query('SELECT fingerprint, status, note, starts_at, ends_at, incident_id FROM incoming_alert ORDER BY id')).rows
export const ids = async (alerts: unknown[]) => (await send(alerts)).map(({ incidentId }) => incidentId)
export const texts = async (id: number) => (await linesOf(id)).map(({ text }) => text)
