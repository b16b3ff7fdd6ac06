import { describe, expect, it } from 'vitest'
import { decideCorrection, withdrawCorrection } from '../correction/commands'
import { pool } from '../db/client'
import { HOUR, MINUTE } from '../time-series/units'
import { addAction, changeAction } from './commands-actions'
import { refreshCosts } from './commands-costs'
import { markFalsePositive } from './commands-false-positive'
import { moveIncident } from './commands-status'
import { EMIL, linesOf, NOON, SOFIA } from './incident-world-fixture'
import { edit, iso, opened, ordersFail, row, START, world } from './orders-fail-fixture'

ordersFail()

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
