import { describe, expect, it } from 'vitest'
import { MINUTE } from '../time-series/units'
import { moveIncident } from './commands-status'
import { auditOf, EMIL, linesOf, NOON, SOFIA, stretchesOf } from './incident-world-fixture'
import { opened, ordersFail, row, START, world } from './orders-fail-fixture'

ordersFail()

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
