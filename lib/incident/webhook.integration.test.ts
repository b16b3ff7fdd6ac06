import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { alertmanagerSchema } from './alertmanager'
import { openIncident } from './commands'
import { receiveAlerts } from './commands-webhook'
import { auditOf, EMIL, type IncidentWorld, incidentWorld, linesOf, NOON, stretchesOf, VERA } from './incident-world-fixture'

let world: IncidentWorld
const TOKEN: Actor = { type: 'token', id: 't1', name: 'alertmanager', role: 'engineer', ownerId: EMIL.id }
const START = NOON - 10 * MINUTE
const iso = (at: number) => new Date(at * 1000).toISOString()
const OPEN = '0001-01-01T00:00:00Z'

beforeAll(async () => {
  world = await incidentWorld()
  await world.measure(world.orders, NOON, () => 0)
})
afterAll(async () => world.drop())
beforeEach(async () => {
  await pool().query('DELETE FROM incoming_alert')
  await pool().query('DELETE FROM incident')
})

type Sent = {
  fingerprint?: string
  status?: string
  startsAt?: string
  endsAt?: string
  labels?: Record<string, string>
  annotations?: object
}
const alert = ({ labels = {}, ...more }: Sent = {}) => ({
  ...{ fingerprint: 'f1', status: 'firing', startsAt: iso(START), endsAt: OPEN, generatorURL: 'http://prometheus/graph' },
  labels: { alertname: 'OrdersFail', severity: 'critical', slo: 'checkout/orders', ...labels },
  annotations: { summary: 'Orders fail' },
  ...more,
})
/** As Alertmanager sends it, with all the fields that nobody needs. */
const message = (alerts: unknown[], groupKey = '{}:{alertname="OrdersFail"}') =>
  alertmanagerSchema.parse({
    ...{ version: '4', groupKey, truncatedAlerts: 0, status: 'firing', receiver: 'headroom', groupLabels: {}, commonLabels: {} },
    ...{ commonAnnotations: {}, externalURL: 'http://alertmanager', alerts },
  })
const send = (alerts: unknown[], groupKey?: string, now = NOON) => receiveAlerts(TOKEN, message(alerts, groupKey), now)
const resolved = (more: Sent = {}) => alert({ status: 'resolved', endsAt: iso(NOON - MINUTE), ...more })
const incidents = async () => (await pool().query('SELECT * FROM incident ORDER BY id')).rows
const kept = async () =>
  (await pool().query('SELECT fingerprint, status, note, starts_at, ends_at, incident_id FROM incoming_alert ORDER BY id')).rows
const ids = async (alerts: unknown[]) => (await send(alerts)).map(({ incidentId }) => incidentId)
const texts = async (id: number) => (await linesOf(id)).map(({ text }) => text)

describe('an alert', () => {
  it('opens an incident about what its labels name, and its end mitigates it', async () => {
    const [opened] = await send([alert()])
    const [incident] = await incidents()
    expect(opened).toEqual({ fingerprint: 'f1', outcome: 'opened', incidentId: incident.id, note: '' })
    expect(incident).toMatchObject({
      title: 'Orders fail',
      severity: 'sev2',
      origin: 'webhook',
      started_at: START,
      detected_at: NOON,
    })
    expect(await stretchesOf(incident.id)).toEqual([{ slo_id: world.orders, from_ts: START, to_ts: null }])
    expect((await send([resolved()]))[0]).toMatchObject({ outcome: 'mitigated', incidentId: incident.id })
    expect((await incidents())[0]).toMatchObject({ status: 'mitigated', mitigated_at: NOON - MINUTE })
    expect(await stretchesOf(incident.id)).toEqual([{ slo_id: world.orders, from_ts: START, to_ts: NOON - MINUTE }])
    expect(await texts(incident.id)).toEqual([
      'Opened by an alert through alertmanager.',
      'alertmanager: Orders fail.',
      'Ended: Orders fail.',
      'Mitigated: the last alert ended.',
    ])
    expect(await auditOf(incident.id)).toEqual(['alertmanager: incident.open', 'alertmanager: incident.status'])
  })

  it('joins the open incident of its group or its service; the last end counts', async () => {
    await send([alert(), alert({ fingerprint: 'f2', labels: { slo: 'nothing' } })])
    await send([alert({ fingerprint: 'f3', labels: { slo: 'pages', service: 'checkout' } })], 'another group')
    const [incident, ...more] = await incidents()
    expect(more).toEqual([])
    expect((await stretchesOf(incident.id)).map(({ slo_id }) => slo_id)).toEqual([world.orders, world.pages])
    const outcomes = [
      resolved(),
      resolved({ fingerprint: 'f2', endsAt: iso(NOON - 3 * MINUTE) }),
      resolved({ fingerprint: 'f3', endsAt: iso(NOON - 2 * MINUTE) }),
    ]
    expect((await send(outcomes)).map(({ outcome }) => outcome)).toEqual(['ended', 'ended', 'mitigated'])
    expect((await incidents())[0]).toMatchObject({ mitigated_at: NOON - MINUTE })
  })

  it('that fires again within the hour reopens; later it is another incident', async () => {
    await send([alert()])
    await send([resolved()])
    const again = (at: number) => alert({ startsAt: iso(at) })
    expect((await send([again(NOON + 10 * MINUTE)], undefined, NOON + 11 * MINUTE))[0]).toMatchObject({ outcome: 'reopened' })
    const ends = resolved({ startsAt: iso(NOON + 10 * MINUTE), endsAt: iso(NOON + 12 * MINUTE) })
    expect((await send([ends], undefined, NOON + 12 * MINUTE))[0]).toMatchObject({ outcome: 'mitigated' })
    const late = NOON + 12 * MINUTE + 61 * MINUTE
    expect((await send([again(late)], undefined, late))[0]).toMatchObject({ outcome: 'opened' })
    expect((await incidents()).map(({ status }) => status)).toEqual(['mitigated', 'detected'])
  })

  it('leaves the end of an incident that a person opened to people', async () => {
    const fields = { title: 'Slow', summary: '', severity: 'sev3' as const, startedAt: START, services: ['checkout'], slos: [] }
    const { id } = await openIncident(EMIL, fields, NOON)
    expect((await send([alert()]))[0]).toMatchObject({ outcome: 'joined', incidentId: id })
    expect((await send([resolved()]))[0]).toMatchObject({ outcome: 'ended' })
    expect((await incidents())[0]).toMatchObject({ status: 'detected' })
  })

  it.each([
    ['critical', 'sev2'],
    ['page', 'sev2'],
    ['Warning', 'sev3'],
    ['ticket', 'sev3'],
    ['whatever', 'sev3'],
  ])('of severity %s opens a %s', async (severity, wanted) => {
    await send([alert({ labels: { severity } })])
    expect((await incidents())[0].severity).toBe(wanted)
  })
})

describe('the same again', () => {
  it('changes nothing, not even the time line', async () => {
    await send([alert()])
    const [incident] = await incidents()
    const before = [await incidents(), await texts(incident.id), await kept()]
    expect((await send([alert(), alert()])).map(({ outcome }) => outcome)).toEqual(['known', 'known'])
    expect([await incidents(), await texts(incident.id), await kept()]).toEqual(before)
    await send([resolved()])
    const after = [await incidents(), await texts(incident.id), await kept()]
    expect((await send([resolved()]))[0]?.outcome).toBe('known')
    expect([await incidents(), await texts(incident.id), await kept()]).toEqual(after)
  })

  it('with a higher severity raises the incident, with a new description changes its summary, and says so', async () => {
    const [id] = await ids([alert({ labels: { severity: 'warning' }, annotations: { summary: 'a', description: 'Slow.' } })])
    const worse = alert({ annotations: { summary: 'a', description: 'Down.' } })
    expect((await send([worse]))[0]).toMatchObject({ outcome: 'updated', incidentId: id })
    expect((await incidents())[0]).toMatchObject({ severity: 'sev2', summary: 'Down.', version: 2 })
    expect((await linesOf(id as number)).at(-1)).toEqual({
      ...{ kind: 'severity', text: 'Severity: SEV3 → SEV2. Summary changed.', author_name: 'alertmanager' },
    })
    expect((await auditOf(id as number)).at(-1)).toBe('alertmanager: incident.edit')
    expect((await send([worse]))[0]).toMatchObject({ outcome: 'known' })
    const { rows } = await pool().query(
      `SELECT labels->>'severity' AS severity, annotations->>'description' AS words FROM incoming_alert`,
    )
    expect(rows).toEqual([{ severity: 'critical', words: 'Down.' }])
    // Better again, or in other words than somebody's own: a person says so, not a program.
    await pool().query(`UPDATE incident SET summary = 'The disk.'`)
    const lines = await texts(id as number)
    expect((await send([alert({ labels: { severity: 'warning' }, annotations: { description: 'Up?' } })]))[0]?.outcome).toBe(
      'known',
    )
    expect((await incidents())[0]).toMatchObject({ severity: 'sev2', summary: 'The disk.', version: 2 })
    expect(await texts(id as number)).toEqual(lines)
  })

  it('leaves a severity that somebody lowered, and what is over', async () => {
    const [id] = await ids([alert()])
    await pool().query(`UPDATE incident SET severity = 'sev4'`)
    expect((await send([alert({ annotations: { summary: 'Other words' } })]))[0]?.outcome).toBe('known')
    await send([resolved()])
    const lines = await texts(id as number)
    expect((await send([alert({ annotations: { description: 'Late.' } })]))[0]?.outcome).toBe('known')
    expect((await incidents())[0]).toMatchObject({ severity: 'sev4', summary: '' })
    expect(await texts(id as number)).toEqual(lines)
  })

  it('eight at once open one incident', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => send([alert()])))
    expect(
      all
        .flat()
        .map(({ outcome }) => outcome)
        .sort(),
    ).toEqual([...Array(7).fill('known'), 'opened'])
    expect(await incidents()).toHaveLength(1)
    expect(await kept()).toHaveLength(1)
  })

  it('eight different ones of a service at once as well', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, (_, i) => send([alert({ fingerprint: `f${i}` })], `group ${i}`)))
    expect(new Set(all.flat().map(({ incidentId }) => incidentId)).size).toBe(1)
    expect(await incidents()).toHaveLength(1)
  })
})

describe('a long message', () => {
  it('is written group by group, so that nobody waits for all of it; what was not written comes again', async () => {
    await pool().query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The disk is full.'; END $$;
       CREATE TRIGGER refuse BEFORE INSERT ON incoming_alert FOR EACH ROW WHEN (NEW.fingerprint = 'f30') EXECUTE FUNCTION refuse()`,
    )
    const all = Array.from({ length: 60 }, (_, i) => alert({ fingerprint: `f${i}` }))
    await expect(send(all)).rejects.toThrow('The disk is full.')
    expect(await kept()).toHaveLength(25)
    await pool().query('DROP FUNCTION refuse CASCADE')
    const outcomes = (await send(all)).map(({ outcome }) => outcome)
    expect(outcomes).toEqual([...Array(25).fill('known'), ...Array(35).fill('joined')])
    expect(await incidents()).toHaveLength(1)
  })
})

describe('out of order', () => {
  it('an end before its beginning is kept, and the beginning opens nothing', async () => {
    expect((await send([resolved()]))[0]).toMatchObject({ outcome: 'noted', incidentId: null, note: 'It was over when it came.' })
    expect((await send([alert()]))[0]).toMatchObject({ outcome: 'known' })
    expect(await incidents()).toEqual([])
    expect(await kept()).toMatchObject([{ status: 'resolved', ends_at: NOON - MINUTE }])
  })

  it('a beginning after the end does not revive it', async () => {
    await send([alert()])
    await send([resolved()])
    await send([alert()])
    expect((await incidents()).map(({ status }) => status)).toEqual(['mitigated'])
    expect((await kept()).map(({ status }) => status)).toEqual(['resolved'])
  })
})

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
