import { describe, expect, it } from 'vitest'
import { freezeUnjudged } from '../alert/commands-keep'
import { pool } from '../db/client'
import { markStale } from '../measurement/source-health'
import { HOUR, MINUTE } from '../time-series/units'
import { alerts, alertWorld, at, back, events, failing, front, minutes, NOW, status } from './alert-world-fixture'

alertWorld()

describe('what is planned, and what is not known', () => {
  const maintain = (from: string, to: string) =>
    pool().query(
      `INSERT INTO correction (kind, cause, reason, service_id, schedule, status, requested_by, requested_by_name)
       SELECT 'exclusion', 'maintenance', 'Move', service_id, $2, 'approved', 'a', 'A' FROM slo WHERE id = $1`,
      [front, { from, to, timeZone: 'UTC', rrule: null }],
    )

  it('tells nobody during maintenance, and somebody when the trouble outlasts it', async () => {
    await maintain('2026-07-15T12:00', '2026-07-15T12:05')
    failing.set(front, 1)
    await minutes(4)
    const [page] = await alerts(`long = ${HOUR}`)
    expect(page).toMatchObject({ state: 'firing', muted: { because: 'maintenance', until: NOW + 5 * MINUTE } })
    await minutes(2)
    expect(await events(front)).toEqual(['1 fired', '1 muted', '6 unmuted'])
  })

  it('stands still without data: nothing resolves, nothing begins, and it has to be seen gone anew', async () => {
    failing.set(front, 1)
    await minutes(2, [front])
    failing.set(front, null)
    failing.set(back, null)
    await minutes(20)
    expect(await status(front)).toMatchObject({ state: 'no-data', alert: 'page' })
    expect(await alerts(`long = ${HOUR}`)).toMatchObject([
      { state: 'firing', heldAt: NOW + 6 * MINUTE, frozenSince: NOW + 7 * MINUTE },
    ])
    failing.clear()
    await minutes(1)
    expect(await alerts(`long = ${HOUR}`)).toMatchObject([{ state: 'firing', frozenSince: null }])
    await minutes(2)
    expect(await events(front)).toEqual(['1 fired', '7 frozen', '23 thawed', '25 resolved'])
    expect(await alerts(`slo_id = ${back}`)).toEqual([])
  })

  it('stands still while the source does not answer', async () => {
    failing.set(front, 1)
    await minutes(2, [front])
    await markStale(pool(), 'id = ANY($1::int[])', [front])
    await freezeUnjudged(pool(), 0)
    await freezeUnjudged(pool(), 0)
    expect(await status(front)).toMatchObject({ state: 'no-data', alert: 'page' })
    expect(await events(front)).toEqual(['1 fired', '2 frozen'])
    at.clock += 5 * MINUTE
    await minutes(1, [front])
    expect(await events(front)).toEqual(['1 fired', '2 frozen', '8 thawed'])
    expect(await alerts(`long = ${HOUR}`)).toMatchObject([{ state: 'firing', firedAt: NOW + MINUTE }])
  })
})

describe('what is not judged', () => {
  it.each([
    ['a query that is refused', 'UPDATE slo_evaluation SET quarantined_at = now() WHERE slo_id = $1', 'its query is refused'],
    ['a history that is read again', 'DELETE FROM slo_status WHERE slo_id = $1', 'its history is being read again'],
  ])('stands still: %s', async (_what, statement, why) => {
    failing.set(front, 1)
    await minutes(2, [front])
    await pool().query(statement, [front])
    await freezeUnjudged(pool(), 0)
    expect(await alerts(`long = ${HOUR}`)).toMatchObject([{ state: 'firing', frozenSince: NOW + 2 * MINUTE }])
    const { rows } = await pool().query(`SELECT detail FROM alert_event WHERE kind = 'frozen' ORDER BY id LIMIT 1`)
    expect(rows).toEqual([{ detail: { why } }])
  })
})
