import { describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { MINUTE } from '../time-series/units'
import { noteOnIncident } from './commands'
import { claim } from './commands-claim'
import { editIncident } from './commands-edit'
import { moveIncident } from './commands-status'
import { auditOf, EMIL, linesOf, NOON, SOFIA, stretchesOf } from './incident-world-fixture'
import { edit, iso, opened, ordersFail, row, START, world } from './orders-fail-fixture'
import { editSchema } from './schema'

ordersFail()

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
