import { describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { MINUTE } from '../time-series/units'
import { claim, takeBackClaim } from './commands-claim'
import { moveIncident } from './commands-status'
import { auditOf, EMIL, HISTORY, linesOf, NOON, SOFIA, stretchesOf, VERA } from './incident-world-fixture'
import { opened, ordersFail, START, world } from './orders-fail-fixture'

ordersFail()

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
