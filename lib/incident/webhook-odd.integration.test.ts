import { describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { alertmanagerSchema } from './alertmanager'
import {
  alert,
  alertmanagerWorld,
  incidents,
  iso,
  kept,
  message,
  OPEN,
  resolved,
  type Sent,
  START,
  send,
  TOKEN,
  texts,
} from './alertmanager-fixture'
import { receiveAlerts } from './commands-webhook'
import { EMIL, NOON, stretchesOf, VERA } from './incident-world-fixture'

alertmanagerWorld()

describe('odd input', () => {
  it('names that nobody knows lose nothing: an incident without SLOs that says which', async () => {
    const [answer] = await send([alert({ labels: { slo: 'checkout/refunds', service: 'nowhere' } })])
    expect(answer).toMatchObject({ outcome: 'opened', note: 'Headroom knows no slo=checkout/refunds.' })
    const [elsewhere] = await send([alert({ fingerprint: 'f2', labels: { slo: 'a/b' } })], 'other')
    expect(elsewhere?.note).toBe('Headroom knows no service=a and no slo=a/b.')
    const { alertname, severity } = alert().labels
    const [silent] = await send([{ ...alert({ fingerprint: 'f3' }), labels: { alertname, severity } }], 'third')
    expect(silent?.note).toBe('Its labels name no service and no SLO.')
    const [known, unknown] = await incidents()
    expect(await stretchesOf(known.id)).toEqual([])
    expect((await pool().query('SELECT service_id FROM incident_service WHERE incident_id = $1', [known.id])).rows).toHaveLength(
      1,
    )
    expect((await pool().query('SELECT service_id FROM incident_service WHERE incident_id = $1', [unknown.id])).rows).toEqual([])
    expect((await texts(unknown.id))[1]).toBe('alertmanager: Orders fail. Headroom knows no service=a and no slo=a/b.')
    expect((await kept()).map(({ incident_id }) => incident_id)).not.toContain(null)
  })

  it.each<[string, Sent, object, string]>([
    ['a start in the future', { startsAt: iso(NOON + 6 * MINUTE) }, { started_at: NOON }, 'It says that it began in the future'],
    ['a start a little ahead', { startsAt: iso(NOON + 4 * MINUTE) }, { started_at: NOON }, ''],
    ['an old start', { startsAt: iso(NOON - 3 * HOUR) }, { started_at: NOON - 3 * HOUR }, ''],
    [
      'a start in the year 9999',
      { startsAt: '9999-12-31T23:59:59Z' },
      { started_at: NOON },
      'It says that it began in the future',
    ],
    [
      'a start of the year 1',
      { startsAt: OPEN },
      { started_at: NOON },
      'It says that it began more than 30 days ago, so it is taken as begun when it came.',
    ],
    ['a start 30 days ago', { startsAt: iso(NOON - 30 * DAY) }, { started_at: NOON - 30 * DAY }, ''],
    [
      'a start before that',
      { startsAt: iso(NOON - 30 * DAY - 1) },
      { started_at: NOON },
      'It says that it began more than 30 days',
    ],
    ['an end that is when it would time out', { endsAt: iso(NOON + HOUR) }, { mitigated_at: null }, ''],
  ])('%s', async (_, sent, wanted, note) => {
    await send([alert(sent)])
    await send([alert(sent)])
    expect(await incidents()).toMatchObject([{ status: 'detected', ...wanted }])
    expect((await kept())[0].note.startsWith(note)).toBe(true)
    expect((await kept())[0].note === '').toBe(note === '')
  })

  it.each<[string, string | undefined, number, string]>([
    ['before the start', iso(START - HOUR), START, 'It says that it ended before it began, so it is taken as ended at once.'],
    ['in the future', iso(NOON + HOUR), NOON, 'It says that it ended in the future, so it is taken as ended when that came.'],
    ['of the year 1', OPEN, NOON, ''],
    ['that is not there', undefined, NOON, ''],
  ])('an end %s', async (_, endsAt, wanted, note) => {
    await send([alert()])
    const { endsAt: __, ...rest } = resolved()
    await send([endsAt === undefined ? rest : { ...rest, endsAt }])
    expect(await incidents()).toMatchObject([{ status: 'mitigated', mitigated_at: wanted }])
    expect(await kept()).toMatchObject([{ status: 'resolved', ends_at: wanted, note }])
  })

  it('a start in the future whose end comes', async () => {
    const startsAt = iso(NOON + HOUR)
    await send([alert({ startsAt })])
    expect((await send([resolved({ startsAt, endsAt: iso(NOON + 2 * MINUTE) })], undefined, NOON + 2 * MINUTE))[0]?.outcome).toBe(
      'mitigated',
    )
    expect(await incidents()).toMatchObject([{ started_at: NOON, mitigated_at: NOON + 2 * MINUTE }])
  })

  it('a start of long ago whose end comes ends then', async () => {
    const startsAt = iso(NOON - 40 * DAY)
    await send([alert({ startsAt })])
    const ends = resolved({ startsAt, endsAt: iso(NOON + 2 * MINUTE) })
    expect((await send([ends], undefined, NOON + 3 * MINUTE))[0]).toMatchObject({ outcome: 'mitigated', note: '' })
    expect(await incidents()).toMatchObject([{ started_at: NOON, mitigated_at: NOON + 2 * MINUTE }])
  })

  it('what Headroom sent itself is left alone', async () => {
    const [answer] = await send([alert({ labels: { headroom_alert: '12' } })])
    expect(answer).toMatchObject({ outcome: 'ours', incidentId: null })
    expect([await incidents(), await kept()]).toEqual([[], []])
  })

  it('texts that a database cannot keep are cleaned, not lost', async () => {
    await send([alert({ annotations: { summary: 'Orders\0 <b>fail</b>' } })])
    expect((await incidents())[0].title).toBe('Orders <b>fail</b>')
  })

  it.each<[string, Sent, string]>([
    ['an emoji where a title is cut', { annotations: { summary: `${'x'.repeat(199)}🔥 burns` } }, `${'x'.repeat(199)}🔥`],
    ['half a character', { annotations: { summary: 'Orders \uD83D fail' } }, 'Orders \uFFFD fail'],
    ['half a character and NUL in labels', { labels: { 'a\0\uDD25': 'b\0\uD83D' } }, 'Orders fail'],
    ['half a character as a name', { labels: { slo: 'checkout/\uD83D' } }, 'Orders fail'],
  ])('%s blocks nothing', async (_, sent, title) => {
    expect((await send([alert(sent)], 'group \uD83D\0'))[0]?.outcome).toBe('opened')
    expect((await send([resolved(sent)], 'group \uD83D\0'))[0]?.outcome).toBe('mitigated')
    expect((await incidents())[0].title).toBe(title)
  })

  it.each([
    ['another version', { version: '3' }, 'version'],
    ['no alerts', { alerts: [] }, 'alerts'],
    ['an alert without a start', { alerts: [{ ...alert(), startsAt: 'yesterday' }] }, 'alerts.0.startsAt'],
    ['a label that is no text', { alerts: [{ ...alert(), labels: { a: 1 } }] }, 'alerts.0.labels.a'],
    ['another status', { alerts: [{ ...alert(), status: 'pending' }] }, 'alerts.0.status'],
  ])('%s is refused at its place', (_, change, path) => {
    const parsed = alertmanagerSchema.safeParse({ version: '4', groupKey: 'g', alerts: [alert()], ...change })
    expect(parsed.error?.issues[0]?.path.join('.')).toBe(path)
  })

  it('only tokens of engineers and owners are listened to', async () => {
    const sent = message([alert()])
    for (const actor of [EMIL, VERA, { ...TOKEN, role: 'viewer' } as Actor])
      await expect(receiveAlerts(actor, sent, NOON)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await incidents()).toEqual([])
  })
})
