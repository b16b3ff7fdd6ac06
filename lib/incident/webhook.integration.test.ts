import { describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { MINUTE } from '../time-series/units'
import { alert, alertmanagerWorld, ids, incidents, iso, kept, resolved, START, send, texts, world } from './alertmanager-fixture'
import { openIncident } from './commands'
import { auditOf, EMIL, linesOf, NOON, stretchesOf } from './incident-world-fixture'

alertmanagerWorld()

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
