import { describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { MINUTE } from '../time-series/units'
import { noteOnIncident, openIncident } from './commands'
import { addAction } from './commands-actions'
import { claim } from './commands-claim'
import { editIncident } from './commands-edit'
import { markFalsePositive } from './commands-false-positive'
import { moveIncident } from './commands-status'
import { auditOf, EMIL, linesOf, NOON, SOFIA, stretchesOf, VERA } from './incident-world-fixture'
import { asked, edit, iso, opened, ordersFail, row, START, world } from './orders-fail-fixture'
import { newIncidentSchema } from './schema'

ordersFail()

describe('opened by hand', () => {
  it('has its services, a stretch per SLO with kept counters, a line and an audit row', async () => {
    const id = await opened({ startedAt: START + 30, slos: [world.orders, world.pages] })
    expect(await row(id)).toMatchObject({
      status: 'detected',
      origin: 'person',
      detected_at: NOON,
      opened_by_name: 'Emil',
      version: 1,
    })
    expect(await stretchesOf(id)).toEqual([
      { slo_id: world.orders, from_ts: START, to_ts: null },
      { slo_id: world.pages, from_ts: START, to_ts: null },
    ])
    expect(await linesOf(id)).toEqual([{ kind: 'opened', text: 'Opened by hand as SEV2.', author_name: 'Emil' }])
    expect(await auditOf(id)).toEqual(['Emil: incident.open'])
    const services = await pool().query('SELECT service_id FROM incident_service WHERE incident_id = $1', [id])
    expect(services.rows).toEqual([{ service_id: world.checkout }])
    const marks = await pool().query('SELECT slo_id FROM counter_mark WHERE ts = $1 ORDER BY 1', [START])
    expect(marks.rows.map(({ slo_id }) => slo_id)).toEqual([world.orders, world.pages])
  })

  it('afterwards may be over: its stretch has an end, and the end does not come before the start', async () => {
    const id = await opened({ mitigatedAt: START + 20 * MINUTE })
    expect(await row(id)).toMatchObject({
      status: 'mitigated',
      mitigated_at: START + 20 * MINUTE,
      detected_at: START + 20 * MINUTE,
    })
    expect(await stretchesOf(id)).toEqual([{ slo_id: world.orders, from_ts: START, to_ts: START + 20 * MINUTE }])
    await expect(opened({ mitigatedAt: START - MINUTE })).rejects.toMatchObject({
      issues: expect.arrayContaining([expect.objectContaining({ path: 'mitigatedAt' })]),
    })
  })

  it('afterwards says when it was noticed', async () => {
    const id = await opened({ detectedAt: START + 60 })
    await moveIncident(EMIL, { id, verb: 'resolve', at: START + 120, note: '' }, NOON)
    expect(await row(id)).toMatchObject({ detected_at: START + 60, resolved_at: START + 120 })
    await expect(opened({ detectedAt: START - 60 })).rejects.toMatchObject({ issues: [{ path: 'detectedAt' }] })
  })

  it('is refused as a whole: an unknown SLO, nothing to be about, a start to come', async () => {
    await expect(opened({ slos: [world.orders, 4_711], services: ['nowhere'] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: 'services' }, { path: 'slos', message: 'There is no SLO with the number 4711. Choose others.' }],
    })
    await expect(opened({ startedAt: NOON + 1 })).rejects.toMatchObject({ issues: [{ path: 'startedAt' }] })
    expect(newIncidentSchema.safeParse({ title: 'x', severity: 'sev1', startedAt: iso(START) }).error?.issues[0]?.message).toBe(
      'Choose at least one service or SLO.',
    )
    expect((await pool().query('SELECT 1 FROM incident')).rows).toEqual([])
    expect((await pool().query('SELECT 1 FROM incident_event')).rows).toEqual([])
  })
})

describe('people are told', () => {
  const outbox = async () => (await pool().query('SELECT key, event, subject FROM outbox_message ORDER BY id')).rows

  it('of what was opened by hand, and of its end, once each', async () => {
    await pool().query(
      `WITH c AS (INSERT INTO channel (name, kind, settings) VALUES ('all', 'webhook', '{}') RETURNING id)
       INSERT INTO notification_route (channel_id) SELECT id FROM c`,
    )
    const id = await opened()
    await moveIncident(EMIL, { id, verb: 'acknowledge', note: '' }, NOON)
    await moveIncident(EMIL, { id, verb: 'resolve', note: '' }, NOON)
    await expect(opened({ slos: [4_711] })).rejects.toThrow()
    expect(await outbox()).toEqual([
      { key: `incident:${id}:opened`, event: 'incident.opened', subject: `SEV2 INC-${id}: Orders fail` },
      { key: `incident:${id}:resolved:3`, event: 'incident.resolved', subject: `Resolved: SEV2 INC-${id}: Orders fail` },
    ])
    const { rows } = await pool().query(`SELECT notice->'service' AS service FROM outbox_message LIMIT 1`)
    expect(rows).toEqual([{ service: { slug: 'checkout', name: 'Checkout', tier: 'critical', team: 'payments' } }])
    await pool().query('DELETE FROM channel')
  })

  it('whichever of the services they asked for, and of the end of what was edited meanwhile', async () => {
    await pool().query(
      `WITH c AS (INSERT INTO channel (name, kind, settings) VALUES ('essential pages', 'webhook', '{}') RETURNING id)
       INSERT INTO notification_route (channel_id, severities, tiers) SELECT id, '{page}', '{essential}' FROM c`,
    )
    const id = await opened({ services: ['checkout', 'payments'], slos: [] })
    await edit(id, 1, { severity: 'sev3' })
    await moveIncident(EMIL, { id, verb: 'resolve', note: '' }, NOON)
    expect((await outbox()).map(({ event }) => event)).toEqual(['incident.opened', 'incident.resolved'])
    const { rows } = await pool().query(`SELECT notice->>'severity' AS severity FROM outbox_message`)
    expect(rows).toEqual([{ severity: 'page' }, { severity: 'page' }])
    await pool().query('DELETE FROM channel')
  })

  it('of nothing that was over when it was written down, neither then nor when it is resolved; of what burns again they are', async () => {
    await pool().query(
      `WITH c AS (INSERT INTO channel (name, kind, settings) VALUES ('all', 'webhook', '{}') RETURNING id)
       INSERT INTO notification_route (channel_id) SELECT id FROM c`,
    )
    const id = await opened({ mitigatedAt: START + 20 * MINUTE })
    await moveIncident(EMIL, { id, verb: 'resolve', note: '' }, NOON)
    expect(await outbox()).toEqual([])
    await moveIncident(EMIL, { id, verb: 'reopen', note: '' }, NOON)
    await moveIncident(EMIL, { id, verb: 'resolve', note: '' }, NOON)
    expect((await outbox()).map(({ event }) => event)).toEqual(['incident.reopened', 'incident.resolved'])
    await pool().query('DELETE FROM channel')
  })
})

describe('who may', () => {
  it('viewers change nothing', async () => {
    const id = await opened()
    const before = [await row(id), await linesOf(id)]
    for (const attempt of [
      openIncident(VERA, asked(), NOON),
      moveIncident(VERA, { id, verb: 'acknowledge', note: '' }, NOON),
      noteOnIncident(VERA, { id, text: 'Hello.' }, NOON),
      editIncident(VERA, { id, version: 1, title: 'Mine' }, NOON),
      claim(VERA, { incidentId: id, sloId: world.pages, from: START, to: NOON }, NOON),
      addAction(VERA, { id, title: 'x', owner: null, dueOn: null }, NOON),
      markFalsePositive(VERA, { id, reason: 'No.' }, NOON),
    ])
      await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect([await row(id), await linesOf(id)]).toEqual(before)
  })

  it('engineers resolve, owners review', async () => {
    const id = await opened({ slos: [world.pages] })
    await moveIncident(EMIL, { id, verb: 'resolve', note: '' }, NOON)
    await expect(moveIncident(EMIL, { id, verb: 'review', note: '' }, NOON)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await moveIncident(SOFIA, { id, verb: 'review', note: '' }, NOON)).toEqual({ id, status: 'reviewed' })
  })
})
