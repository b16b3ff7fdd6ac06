import { describe, expect, it } from 'vitest'
import { decideCorrection, requestCorrection } from '../correction/commands'
import { newCorrectionSchema } from '../correction/schema'
import { pool } from '../db/client'
import { HOUR, MINUTE } from '../time-series/units'
import { decideAttribution } from './commands-decide'
import { proposeAttributions } from './commands-propose'
import { waitingAttributions } from './reads'
import { burnsAround } from './reads-burn'
import {
  AT,
  ENGINEER,
  failures,
  fill,
  iso,
  NOW,
  OWNER,
  otherId,
  releaseWorld,
  report,
  sloId,
  VIEWER,
} from './release-world-fixture'

releaseWorld()

describe('what burned after a release', () => {
  // Two in a hundred fail for an hour: 120 instead of 6, of a budget of 1 008 in a week. The five minutes before have one failure,
  // half a one more than their share, and so belong to it: 121 of 6 500, 114.5 too many.
  const regression = (minute: number) => (minute >= 10 && minute < 70 ? 2 : 0)

  it('is proposed for the SLOs of its service and no other, with the numbers of the ledger', async () => {
    failures.extra = regression
    await fill(sloId)
    await fill(otherId)
    await report({ at: iso(AT) })
    expect(await proposeAttributions(pool(), 0, NOW)).toBe(1)
    expect(await proposeAttributions(pool(), 0, NOW)).toBe(0)
    const [proposal, ...rest] = await waitingAttributions(VIEWER, undefined, NOW)
    expect(rest).toEqual([])
    expect(proposal).toMatchObject({ slo: { id: sloId }, status: 'proposed', version: 1, growsUntil: null })
    expect(proposal?.baseline).toBeCloseTo(36 / 36_000, 9)
    expect([(proposal?.from ?? 0) - AT, (proposal?.to ?? 0) - AT]).toEqual([5 * MINUTE, 70 * MINUTE])
    expect(proposal?.evidence.part).toMatchObject({ bad: 121, total: 6_500 })
    expect(proposal?.evidence.excess).toBeCloseTo(114.5, 6)
    expect(proposal?.evidence.budgetShare).toBeCloseTo(114.5 / (7 * 1_440 * 100 * 0.001), 6)
    const burns = (await burnsAround([1], NOW)).get(1)
    expect(burns?.map(({ slo: { id } }) => id)).toEqual([sloId])
    expect(burns?.[0]?.before).toBeCloseTo(1, 9)
    expect(burns?.[0]?.after).toBeCloseTo((120 + 30) / 36_000 / 0.001, 9)
  })

  it.each([
    ['nothing changed', () => 0],
    ['it failed before already', (minute: number) => (minute < 0 && minute > -60 ? 30 : 0)],
    ['it was little', (minute: number) => (minute >= 0 && minute < 8 ? 2 : 0)],
  ])('is not proposed when %s', async (_, world) => {
    failures.extra = world
    await fill(sloId)
    await report({ at: iso(AT) })
    expect(await proposeAttributions(pool(), 0, NOW)).toBe(0)
    expect(await waitingAttributions(VIEWER, undefined, NOW)).toEqual([])
  })

  it('is not looked at in the first quarter of an hour, grows with the stretch, and ends at the next release', async () => {
    failures.extra = (minute) => (minute >= 0 && minute < 200 ? 30 : 0)
    await report({ at: iso(AT) })
    await fill(sloId, AT + 14 * MINUTE)
    expect(await proposeAttributions(pool(), 0, AT + 14 * MINUTE)).toBe(0)
    for (const [minutes, wanted, version] of [
      [20, 20, 1],
      [120, 120, 2],
    ] as const) {
      await fill(sloId, AT + minutes * MINUTE)
      expect(await proposeAttributions(pool(), 0, AT + minutes * MINUTE)).toBe(1)
      const [proposal] = await waitingAttributions(VIEWER, undefined, AT + minutes * MINUTE)
      expect([(proposal?.to ?? 0) - AT, proposal?.version, proposal?.growsUntil]).toEqual([
        wanted * MINUTE,
        version,
        AT + 6 * HOUR,
      ])
    }
    // Who looked when it was twenty minutes has not seen the other hundred.
    const [seen] = await waitingAttributions(VIEWER, undefined, NOW)
    await expect(
      decideAttribution(OWNER, { id: seen?.id ?? 0, version: 1, verdict: 'confirm', note: '' }, NOW),
    ).rejects.toMatchObject({ code: 'CONFLICT' })
    await pool().query('DELETE FROM counter_mark')
    await report({ at: iso(AT + 30 * MINUTE), version: '1.42.1' }, NOW)
    await fill(sloId)
    await proposeAttributions(pool(), 0, NOW)
    const all = await waitingAttributions(VIEWER, undefined, NOW)
    expect(all.map((one) => [one.release.version, one.from - AT, one.to - AT])).toEqual([['1.42.0', 0, 30 * MINUTE]])
  })

  it('is decided once, kept to the minute, and never touched again', async () => {
    failures.extra = regression
    await fill(sloId)
    await report({ at: iso(AT) })
    await proposeAttributions(pool(), 0, NOW)
    await expect(decideAttribution(VIEWER, { id: 1, version: 1, verdict: 'confirm', note: '' }, NOW)).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(decideAttribution(OWNER, { id: 1, version: 9, verdict: 'confirm', note: '' }, NOW)).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    await decideAttribution(OWNER, { id: 1, version: 1, verdict: 'confirm', note: 'The new cache.' }, NOW)
    await expect(decideAttribution(ENGINEER, { id: 1, version: 2, verdict: 'refuse', note: '' }, NOW)).rejects.toThrow(
      'Sofia confirmed this already.',
    )
    const { rows } = await pool().query('SELECT ts, good, total FROM counter_mark WHERE slo_id = $1 ORDER BY ts', [sloId])
    expect(rows.map(({ ts }) => ts - AT)).toEqual([5 * MINUTE, 70 * MINUTE])
    expect(rows[1].total - rows[1].good - rows[0].total + rows[0].good).toBe(121)
    const { rows: before } = await pool().query('SELECT * FROM release_attribution')
    failures.extra = () => 0
    await fill(sloId)
    await proposeAttributions(pool(), 0, NOW)
    expect((await pool().query('SELECT * FROM release_attribution')).rows).toEqual(before)
  })

  it('is taken back when an exclusion leaves nothing of it', async () => {
    failures.extra = regression
    await fill(sloId)
    await report({ at: iso(AT) })
    await proposeAttributions(pool(), 0, NOW)
    const schedule = { from: iso(AT).slice(0, 16), to: iso(AT + 2 * HOUR).slice(0, 16), timeZone: 'UTC' }
    const asked = newCorrectionSchema.parse({
      ...{ kind: 'exclusion', cause: 'maintenance', reason: 'Load test.', scope: { slos: [sloId] }, schedule },
    })
    const { id } = await requestCorrection(ENGINEER, asked)
    await decideCorrection(OWNER, { id, version: 1, verdict: 'approve', note: '' }, NOW)
    expect(await proposeAttributions(pool(), 0, NOW)).toBe(1)
    expect(await waitingAttributions(VIEWER, undefined, NOW)).toEqual([])
    await pool().query('TRUNCATE correction, excluded_span CASCADE')
  })
})
