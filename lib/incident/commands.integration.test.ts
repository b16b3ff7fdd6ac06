import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { decideCorrection, withdrawCorrection } from '../correction/commands'
import { pool } from '../db/client'
import { HOUR, MINUTE } from '../time-series/units'
import { noteOnIncident, openIncident } from './commands'
import { addAction, changeAction } from './commands-actions'
import { claim, takeBackClaim } from './commands-claim'
import { refreshCosts } from './commands-costs'
import { editIncident } from './commands-edit'
import { markFalsePositive } from './commands-false-positive'
import { moveIncident } from './commands-status'
import {
  auditOf,
  EMIL,
  HISTORY,
  type IncidentWorld,
  incidentWorld,
  linesOf,
  NOON,
  SOFIA,
  stretchesOf,
  VERA,
} from './incident-world-fixture'
import { editSchema, type NewIncident, newIncidentSchema } from './schema'

let world: IncidentWorld
const START = NOON - HOUR

beforeAll(async () => {
  world = await incidentWorld()
  // Checkout loses a third of the orders of that hour: 2 000 of the 10 080 that a week allows.
  for (const id of [world.orders, world.pages])
    await world.measure(id, NOON, (at) => (at >= START && id === world.orders ? 40 : 0))
})
afterAll(async () => world.drop())
beforeEach(async () => {
  await pool().query('DELETE FROM incident')
})

const asked = (more: Partial<NewIncident> = {}): NewIncident => ({
  ...{ title: 'Orders fail', severity: 'sev2', summary: '', startedAt: START, services: [], slos: [world.orders], ...more },
})
const opened = async (more: Partial<NewIncident> = {}) => (await openIncident(EMIL, asked(more), NOON)).id
const row = async (id: number) => (await pool().query('SELECT * FROM incident WHERE id = $1', [id])).rows[0]
const edit = (id: number, version: number, change: Record<string, unknown>) =>
  editIncident(EMIL, editSchema.parse({ id, version, ...change }), NOON)
const iso = (at: number) => new Date(at * 1000).toISOString()

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

describe('its way', () => {
  it('each step has a line and an audit row, and the stretch ends with the harm', async () => {
    const id = await opened()
    await moveIncident(EMIL, { id, verb: 'acknowledge', note: '' }, NOON + 10)
    await moveIncident(EMIL, { id, verb: 'mitigate', at: NOON - 90, note: 'Rolled back.' }, NOON + 20)
    await moveIncident(SOFIA, { id, verb: 'resolve', note: '' }, NOON + 30)
    expect(await row(id)).toMatchObject({ status: 'resolved', mitigated_at: NOON - 90, resolved_at: NOON + 30, version: 4 })
    expect(await stretchesOf(id)).toEqual([{ slo_id: world.orders, from_ts: START, to_ts: NOON - MINUTE }])
    expect((await linesOf(id)).map(({ text, author_name }) => `${author_name}: ${text}`)).toEqual([
      'Emil: Opened by hand as SEV2.',
      'Emil: Acknowledged.',
      'Emil: Mitigated: the harm ended. Rolled back.',
      'Sofia: Resolved.',
    ])
    expect(await auditOf(id)).toEqual([
      'Emil: incident.open',
      ...Array(2).fill('Emil: incident.status'),
      'Sofia: incident.status',
    ])
    await moveIncident(EMIL, { id, verb: 'reopen', note: '' }, NOON + 90)
    expect(await row(id)).toMatchObject({ status: 'acknowledged', mitigated_at: null, resolved_at: null })
    expect(await stretchesOf(id)).toEqual([
      { slo_id: world.orders, from_ts: START, to_ts: NOON - MINUTE },
      { slo_id: world.orders, from_ts: NOON + MINUTE, to_ts: null },
    ])
  })

  it('twice the same, or out of turn, is refused; an end before the start at its field', async () => {
    const id = await opened()
    await moveIncident(EMIL, { id, verb: 'acknowledge', note: '' }, NOON)
    await expect(moveIncident(EMIL, { id, verb: 'acknowledge', note: '' }, NOON)).rejects.toMatchObject({
      ...{ code: 'CONFLICT', message: 'This incident is acknowledged already. Read it again.' },
    })
    await expect(moveIncident(SOFIA, { id, verb: 'review', note: '' }, NOON)).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(moveIncident(EMIL, { id, verb: 'mitigate', at: START - 1, note: '' }, NOON)).rejects.toMatchObject({
      issues: [{ path: 'at', message: 'It ended before it began. Write a later end, or an earlier start.' }],
    })
    await expect(moveIncident(EMIL, { id, verb: 'mitigate', at: NOON + 1, note: '' }, NOON)).rejects.toMatchObject({
      issues: [{ path: 'at', message: 'This instant is still to come. Write one of the past.' }],
    })
    expect(await row(id)).toMatchObject({ status: 'acknowledged', version: 2 })
  })

  it('two at once: one of them acknowledges', async () => {
    const id = await opened()
    const both = [EMIL, SOFIA].map((actor) => moveIncident(actor, { id, verb: 'acknowledge', note: '' }, NOON))
    const done = await Promise.allSettled(both)
    expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await linesOf(id)).filter(({ kind }) => kind === 'status')).toHaveLength(1)
  })
})

describe('edited', () => {
  it('says what changed, and moves the stretches with the times', async () => {
    const id = await opened()
    await moveIncident(EMIL, { id, verb: 'mitigate', at: NOON - 5 * MINUTE, note: '' }, NOON)
    const change = {
      severity: 'sev1',
      startedAt: iso(START + 10 * MINUTE),
      mitigatedAt: iso(NOON - 4 * MINUTE),
      commander: EMIL.id,
    }
    expect(await edit(id, 2, { ...change, rootCause: 'A lock.', contributing: ['No limit'] })).toEqual({
      kind: 'saved',
      id,
      version: 3,
    })
    expect(await stretchesOf(id)).toEqual([{ slo_id: world.orders, from_ts: START + 10 * MINUTE, to_ts: NOON - 4 * MINUTE }])
    expect((await linesOf(id)).at(-1)).toEqual({
      ...{ kind: 'severity', author_name: 'Emil' },
      text:
        'Severity: SEV2 → SEV1. Began: Wed 15 Jul, 11:00 → Wed 15 Jul, 11:10. Mitigated: Wed 15 Jul, 11:55 → Wed 15 Jul, 11:56. ' +
        'Root cause written. Contributing factors changed. Commander: Emil.',
    })
  })

  it('stretches that come to overlap become one, and count no minute twice', async () => {
    const id = await opened({ startedAt: NOON - 30 * MINUTE, slos: [world.orders, world.pages] })
    await moveIncident(EMIL, { id, verb: 'mitigate', at: NOON - 20 * MINUTE, note: '' }, NOON)
    const claims = [
      [NOON - 50 * MINUTE, NOON - 40 * MINUTE],
      [NOON - 10 * MINUTE, NOON - 5 * MINUTE],
    ] as const
    for (const [from, to] of claims) await claim(EMIL, { incidentId: id, sloId: world.orders, from, to }, NOON)
    await edit(id, 2, { startedAt: iso(NOON - 45 * MINUTE), mitigatedAt: iso(NOON - 10 * MINUTE) })
    expect(await stretchesOf(id)).toEqual([
      { slo_id: world.orders, from_ts: NOON - 50 * MINUTE, to_ts: NOON - 10 * MINUTE },
      { slo_id: world.orders, from_ts: NOON - 10 * MINUTE, to_ts: NOON - 5 * MINUTE },
      { slo_id: world.pages, from_ts: NOON - 45 * MINUTE, to_ts: NOON - 10 * MINUTE },
    ])
  })

  it.each([
    ['an end before the start', { startedAt: iso(NOON - 60), mitigatedAt: iso(NOON - 120) }, 'mitigatedAt'],
    ['an end that is not there yet', { resolvedAt: iso(NOON) }, 'resolvedAt'],
    ['taking an end back', { mitigatedAt: null }, 'mitigatedAt'],
    ['a commander who is nobody', { commander: '00000000-0000-4000-8000-000000000099' }, 'commander'],
    ['a release that is none', { suspectedRelease: 77 }, 'suspectedRelease'],
    ['an SLO that is none', { slos: [4_711] }, 'slos'],
  ])('%s is refused at its field, and nothing is saved', async (_, change, field) => {
    const id = await opened()
    await moveIncident(EMIL, { id, verb: 'mitigate', at: NOON, note: '' }, NOON)
    const before = [await row(id), await linesOf(id), await stretchesOf(id), await auditOf(id)]
    await expect(edit(id, 2, { title: 'Half', ...change })).rejects.toMatchObject({ issues: [{ path: field }] })
    expect([await row(id), await linesOf(id), await stretchesOf(id), await auditOf(id)]).toEqual(before)
  })

  it('the second of two is told who changed what, and overwrites nothing', async () => {
    const id = await opened()
    await editIncident(SOFIA, editSchema.parse({ id, version: 1, title: 'Orders fail for cards', wentWell: 'The page.' }), NOON)
    expect(await edit(id, 1, { title: 'Mine' })).toMatchObject({
      ...{ kind: 'conflict', version: 2, author: 'Sofia' },
      changes: ['Title: “Orders fail” → “Orders fail for cards”. What went well written.'],
      incident: { title: 'Orders fail for cards', wentWell: 'The page.', slos: ['orders'] },
    })
    expect(await row(id)).toMatchObject({ title: 'Orders fail for cards', version: 2 })
  })

  it('a note is no reason for a conflict', async () => {
    const id = await opened()
    await noteOnIncident(SOFIA, { id, text: 'Looking.', at: NOON - 60 }, NOON)
    expect(await edit(id, 1, { title: 'Mine' })).toMatchObject({ kind: 'saved', version: 2 })
    await expect(noteOnIncident(EMIL, { id, text: 'Soon.', at: NOON + 1 }, NOON)).rejects.toMatchObject({
      issues: [{ path: 'at' }],
    })
  })

  it('SLOs come with their service and a stretch, and go with it', async () => {
    const id = await opened()
    await edit(id, 1, { slos: [world.pages, world.cards] })
    expect(await stretchesOf(id)).toEqual([
      { slo_id: world.pages, from_ts: START, to_ts: null },
      { slo_id: world.cards, from_ts: START, to_ts: null },
    ])
    const services = await pool().query('SELECT service_id FROM incident_service WHERE incident_id = $1 ORDER BY 1', [id])
    expect(services.rows.map(({ service_id }) => service_id)).toEqual([world.checkout, world.payments])
  })
})

describe('claims', () => {
  const claimed = (from: number, to: number, sloId = world.orders, id = 0) =>
    claim(EMIL, { incidentId: id, sloId, from, to }, NOON)

  it('merge with what they overlap, and leave the rest', async () => {
    const id = await opened()
    await moveIncident(EMIL, { id, verb: 'mitigate', at: NOON - 30 * MINUTE, note: '' }, NOON)
    await claimed(NOON - 10 * MINUTE + 1, NOON - 5 * MINUTE, world.orders, id)
    expect(await stretchesOf(id)).toEqual([
      { slo_id: world.orders, from_ts: START, to_ts: NOON - 30 * MINUTE },
      { slo_id: world.orders, from_ts: NOON - 10 * MINUTE, to_ts: NOON - 5 * MINUTE },
    ])
    await claimed(NOON - 40 * MINUTE, NOON - 9 * MINUTE, world.orders, id)
    expect(await stretchesOf(id)).toEqual([{ slo_id: world.orders, from_ts: START, to_ts: NOON - 5 * MINUTE }])
    expect((await linesOf(id)).at(-1)?.text).toBe('Claimed Wed 15 Jul, 11:20 to Wed 15 Jul, 11:51 of orders.')
  })

  it('outside history, in the future or backwards are refused', async () => {
    const id = await opened()
    for (const [from, to, field] of [
      [HISTORY - 60, NOON, 'from'],
      [NOON - 60, NOON + 60, 'to'],
      [NOON, NOON - 60, 'to'],
    ] as const)
      await expect(claimed(from, to, world.orders, id)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        issues: [{ path: field }],
      })
    await expect(claimed(NOON - 60, NOON, 4_711, id)).rejects.toMatchObject({ issues: [{ path: 'slo' }] })
    await expect(claimed(NOON - 60, NOON, world.orders, 4_711)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await stretchesOf(id)).toHaveLength(1)
  })
})

describe('a claim that is taken back', () => {
  it('leaves the time of the incident itself, a line and an audit row; once', async () => {
    const id = await opened()
    await moveIncident(EMIL, { id, verb: 'mitigate', at: NOON - 30 * MINUTE, note: '' }, NOON)
    const own = await stretchesOf(id)
    const claimed = { incidentId: id, sloId: world.orders, from: NOON - 10 * MINUTE, to: NOON - 5 * MINUTE }
    const { id: impact } = await claim(EMIL, claimed, NOON)
    await expect(takeBackClaim(VERA, { id, impact }, NOON)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect(await takeBackClaim(SOFIA, { id, impact }, NOON)).toEqual({ id: impact })
    expect(await stretchesOf(id)).toEqual(own)
    expect((await linesOf(id)).at(-1)).toEqual({
      ...{
        kind: 'impact',
        text: 'Took back the claim of Wed 15 Jul, 11:50 to Wed 15 Jul, 11:55 of orders.',
        author_name: 'Sofia',
      },
    })
    expect((await auditOf(id)).at(-1)).toBe('Sofia: incident.unclaim')
    await expect(takeBackClaim(SOFIA, { id, impact }, NOON)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { rows } = await pool().query('SELECT id FROM incident_impact WHERE incident_id = $1', [id])
    await expect(takeBackClaim(SOFIA, { id, impact: rows[0].id }, NOON)).rejects.toMatchObject({ code: 'CONFLICT' })
    const other = await opened()
    await expect(takeBackClaim(SOFIA, { id: other, impact: rows[0].id }, NOON)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('the lesson', () => {
  it('an expensive incident is reviewed only with a retrospective; the refusal says what is missing', async () => {
    const id = await opened()
    await moveIncident(EMIL, { id, verb: 'resolve', note: '' }, NOON)
    await edit(id, 2, { rootCause: 'A lock.', wentWell: 'The page.' })
    const review = () => moveIncident(SOFIA, { id, verb: 'review', note: '' }, NOON)
    await expect(review()).rejects.toMatchObject({
      issues: [
        {
          path: 'verb',
          message:
            'It spent more than 20 % of a budget, so it needs a retrospective first. Still missing: ' +
            'what went badly, at least one action item and when the retrospective was held.',
        },
      ],
    })
    await edit(id, 3, { wentBadly: 'The lock.', retrospectiveAt: iso(NOON) })
    const action = await addAction(EMIL, { id, title: 'Limit the lock', owner: EMIL.id, dueOn: '2026-08-01' }, NOON)
    expect(await changeAction(EMIL, { id, action: action.id, version: 1, done: true }, NOON)).toEqual({
      id: action.id,
      version: 2,
    })
    await expect(changeAction(SOFIA, { id, action: action.id, version: 1, title: 'Other' }, NOON)).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    const { rows } = await pool().query('SELECT title, due_on::text, done_at FROM action_item WHERE id = $1', [action.id])
    expect(rows).toEqual([{ title: 'Limit the lock', due_on: '2026-08-01', done_at: NOON }])
    expect(await review()).toMatchObject({ status: 'reviewed' })
  })

  it('of an SLO that was deleted the last figures count; without any, what it cost is not known', async () => {
    const review = (id: number) => moveIncident(SOFIA, { id, verb: 'review', note: '' }, NOON)
    const cheap = await opened({ slos: [world.pages] })
    const unknown = await opened({ slos: [world.pages] })
    await moveIncident(EMIL, { id: cheap, verb: 'resolve', note: '' }, NOON)
    await pool().query('UPDATE slo SET deleted_at = now() WHERE id = $1', [world.pages])
    try {
      await moveIncident(EMIL, { id: unknown, verb: 'resolve', note: '' }, NOON)
      await expect(review(unknown)).rejects.toThrow('What it cost is not known, so it needs a retrospective first.')
      expect(await review(cheap)).toMatchObject({ status: 'reviewed' })
    } finally {
      await pool().query('UPDATE slo SET deleted_at = NULL WHERE id = $1', [world.pages])
    }
  })

  it('a false positive asks for an exclusion of its stretch, once', async () => {
    const id = await opened()
    await moveIncident(EMIL, { id, verb: 'resolve', note: '' }, NOON)
    const { correctionId } = await markFalsePositive(EMIL, { id, reason: 'The probe was wrong.' }, NOON)
    const { rows } = await pool().query(
      'SELECT c.cause, c.status, c.reason, c.schedule, s.slo_id FROM correction c JOIN correction_slo s ON s.correction_id = c.id WHERE c.id = $1',
      [correctionId],
    )
    expect(rows).toEqual([
      {
        ...{ cause: 'false_positive', status: 'requested', reason: `Incident ${id}: The probe was wrong.`, slo_id: world.orders },
        schedule: { from: '2026-07-15T11:00', to: '2026-07-15T12:00', timeZone: 'UTC', rrule: null },
      },
    ])
    expect(await row(id)).toMatchObject({ false_positive: true, correction_id: correctionId, version: 3 })
    expect((await linesOf(id)).at(-1)?.kind).toBe('correction')
    await expect(markFalsePositive(EMIL, { id, reason: 'Again.' }, NOON)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect((await pool().query('SELECT count(*)::int AS n FROM correction')).rows).toEqual([{ n: 1 }])
  })

  it('counts again when its exclusion is refused, or withdrawn, or gone', async () => {
    const id = await opened()
    const { correctionId } = await markFalsePositive(EMIL, { id, reason: 'The probe was wrong.' }, NOON)
    await decideCorrection(SOFIA, { id: correctionId, version: 1, verdict: 'refuse', note: '' }, NOON)
    expect(await row(id)).toMatchObject({ false_positive: false, correction_id: correctionId })
    expect((await linesOf(id)).at(-1)).toEqual({
      ...{
        kind: 'correction',
        text: `No false positive any more: exclusion #${correctionId} was refused.`,
        author_name: 'Headroom',
      },
    })
    const again = await markFalsePositive(EMIL, { id, reason: 'It was.' }, NOON)
    expect(await row(id)).toMatchObject({ false_positive: true, correction_id: again.correctionId })
    await withdrawCorrection(EMIL, { id: again.correctionId, version: 1, note: '' }, NOON)
    expect(await row(id)).toMatchObject({ false_positive: false })
    const third = await markFalsePositive(EMIL, { id, reason: 'It was!' }, NOON)
    await pool().query('DELETE FROM correction WHERE id = $1', [third.correctionId])
    await refreshCosts(pool(), NOON)
    expect(await row(id)).toMatchObject({ false_positive: false })
    await refreshCosts(pool(), NOON)
    expect((await linesOf(id)).filter(({ text }) => text.startsWith('No false'))).toHaveLength(3)
  })

  it('with stretches apart asks for each, and for nothing between them; longer than an exclusion it is refused', async () => {
    const id = await opened()
    await moveIncident(EMIL, { id, verb: 'mitigate', at: START + 10 * MINUTE, note: '' }, NOON)
    await moveIncident(EMIL, { id, verb: 'reopen', at: NOON - 5 * MINUTE, note: '' }, NOON)
    const { correctionId } = await markFalsePositive(EMIL, { id, reason: 'The probe was wrong.' }, NOON)
    const { rows } = await pool().query(
      `SELECT schedule->>'from' AS "from", schedule->>'to' AS "to" FROM correction WHERE id >= $1 ORDER BY id`,
      [correctionId],
    )
    expect(rows).toEqual([
      { from: '2026-07-15T11:00', to: '2026-07-15T11:10' },
      { from: '2026-07-15T11:55', to: '2026-07-15T12:00' },
    ])
    expect((await linesOf(id)).at(-1)?.text).toBe(
      `False positive: asked for exclusions #${correctionId}, #${correctionId + 1}. The probe was wrong.`,
    )
    const long = await opened({ startedAt: NOON - 32 * 24 * HOUR })
    await expect(markFalsePositive(EMIL, { id: long, reason: 'No.' }, NOON)).rejects.toThrow('longer than 31 days')
  })

  it('without SLOs there is nothing to exclude', async () => {
    const id = await opened({ slos: [], services: ['checkout'] })
    await expect(markFalsePositive(EMIL, { id, reason: 'No.' }, NOON)).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await row(id)).toMatchObject({ false_positive: false, version: 1 })
  })
})
