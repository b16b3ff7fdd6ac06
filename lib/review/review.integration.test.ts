import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Actor } from '../auth/actor'
import { db, disconnect, pool } from '../db/client'
import { EMIL, NOON, SOFIA, VERA } from '../incident/incident-world-fixture'
import { priorityWorld, type priorityWorld as World } from '../priority/priority-world-fixture'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { captureAction, captureDecision, conductReview, takeBackCaptured, tickChecklist } from './commands'
import { changeOpenAction, settleCarried } from './commands-actions'
import { closeReview } from './commands-close'
import { createCycle, deleteCycle, updateCycle } from './commands-cycle'
import { skipReview, startReview } from './commands-start'
import { cycleInfo, listActions } from './reads'
import { openStreams, reviewEvents } from './reads-events'
import { liveReview, minutesOfReview, review } from './reads-live'
import { cycleInputSchema } from './schema'

const PABLO: Actor = { ...VERA, id: '00000000-0000-4000-8000-000000000004', name: 'Pablo', role: 'product_owner' }
/** Wednesdays at noon; NOON is one. */
const input = (over: object = {}) =>
  cycleInputSchema.parse({
    ...{ name: 'Shop weekly', scope: 'team:shop', from: '2026-07-15T12:00', timeZone: 'UTC', rrule: 'FREQ=WEEKLY;BYDAY=WE' },
    ...over,
  })
const WEEK = 7 * DAY

let world: Awaited<ReturnType<typeof World>>
beforeAll(async () => {
  world = await priorityWorld()
}, 120_000)
afterAll(async () => {
  await disconnect()
  await world.drop()
})

const auditsOf = (action: string) => db().auditEntry.count({ where: { action } })
const newCycle = async (over: object = {}) => (await createCycle(SOFIA, input(over))).id

describe('cycles', () => {
  it('are planned by owners only, and changed by whoever read the newest version', async () => {
    await expect(createCycle(EMIL, input())).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(createCycle(SOFIA, input({ scope: 'team:nobody' }))).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    const id = await newCycle()
    expect(await updateCycle(PABLO, { id, version: 1, cycle: input({ name: 'Shop' }) })).toEqual({ id, version: 2 })
    await expect(updateCycle(SOFIA, { id, version: 1, cycle: input() })).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(await cycleInfo(VERA, id, NOON)).toMatchObject({
      ...{ name: 'Shop', words: 'Every week on Wednesday at 12:00, UTC', standing: { state: 'to_review', due: NOON } },
    })
    expect(await deleteCycle(SOFIA, { id, version: 2 })).toEqual({ id })
    await expect(cycleInfo(VERA, id, NOON)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
  it('stay overdue until somebody skips what went by, with a reason', async () => {
    const id = await newCycle()
    const at = NOON + 3 * WEEK + HOUR
    expect((await cycleInfo(VERA, id, at)).standing).toMatchObject({ state: 'overdue', missed: 3, skips: NOON + 2 * WEEK })
    await expect(skipReview(EMIL, { id, occurrence: NOON, reason: 'No.' }, at)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(skipReview(SOFIA, { id, occurrence: NOON, reason: 'No.' }, at)).rejects.toMatchObject({ code: 'CONFLICT' })
    await skipReview(SOFIA, { id, occurrence: NOON + 2 * WEEK, reason: 'Holidays.' }, at)
    const info = await cycleInfo(VERA, id, at)
    expect(info).toMatchObject({
      standing: { state: 'to_review', due: NOON + 3 * WEEK },
      last: { status: 'skipped', reason: 'Holidays.' },
    })
    await skipReview(SOFIA, { id, occurrence: NOON + 3 * WEEK, reason: 'Still.' }, at)
    expect((await cycleInfo(VERA, id, at)).standing.state).toBe('skipped')
    await expect(startReview(EMIL, { id }, at)).rejects.toThrow('Nothing is due.')
  })
})

describe('a review', () => {
  it('is started once by many, and nobody who only looks starts it', async () => {
    const id = await newCycle()
    await expect(startReview(VERA, { id }, NOON)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const started = await Promise.all(Array.from({ length: 8 }, () => startReview(EMIL, { id }, NOON + MINUTE)))
    expect(new Set(started.map((one) => one.id)).size).toBe(1)
    expect(started.filter(({ joined }) => !joined)).toHaveLength(1)
  })

  it('moves one step when twenty people press at once, and every step is in the log', async () => {
    const { id } = await startReview(EMIL, { id: await newCycle() }, NOON)
    const before = await auditsOf('review.go')
    const live = await liveReview(VERA, id)
    const pressed = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        conductReview(i % 2 === 0 ? EMIL : SOFIA, { id, sequence: live.sequence, verb: 'go', to: 1 }, NOON + 30),
      ),
    )
    expect(pressed.every(({ step, sequence }) => step === 1 && sequence === live.sequence + 1)).toBe(true)
    expect(await auditsOf('review.go')).toBe(before + 1)
    await expect(conductReview(VERA, { id, sequence: 1, verb: 'pause' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    // What was pressed on an older state means nothing any more.
    expect(await conductReview(EMIL, { id, sequence: live.sequence, verb: 'go', to: 2 }, NOON + 31)).toMatchObject({ step: 1 })
  })

  it('keeps its numbers when statuses change, and says what was spent since the last week', async () => {
    const { id } = await startReview(EMIL, { id: await newCycle() }, NOON)
    const before = await review(VERA, id)
    const orders = before.snapshot.slos.find((slo) => slo.id === world.orders)
    // 252 minutes without an order of 10080, of which a hundredth may fail: 2.5 budgets.
    expect(orders).toMatchObject({ state: 'exhausted', remaining: -1.5 })
    expect(before.snapshot.asOf).toBe(NOON)
    const { spent, explain } = before.snapshot.evidence[String(world.orders)] ?? {}
    expect(explain).toEqual({ good: 982_800, total: 1_008_000, credit: 0 })
    expect(spent?.lines[0]).toEqual({ label: `INC-${world.incident}`, detail: 'Orders are lost', tenths: -2500 })
    expect(spent?.lines.reduce((sum, { tenths }) => sum + tenths, 0)).toBe(spent?.total)
    await pool().query(`UPDATE slo_status SET state = 'healthy', remaining = 1`)
    await world.measure(world.orders, NOON + HOUR, () => 0)
    expect((await review(VERA, id)).snapshot).toEqual(before.snapshot)
    await expect(db().review.update({ where: { id }, data: { snapshot: {} } })).rejects.toThrow(/do not change/)
  })

  it('captures, ticks, closes once, and carries open actions into the next agenda', async () => {
    const cycle = await newCycle()
    const { id } = await startReview(EMIL, { id: cycle }, NOON)
    const item = `slo:${world.orders}`
    await expect(captureDecision(EMIL, { id, item: 'slo:999', text: 'No.' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await captureDecision(EMIL, { id, item, text: 'Freeze releases' }, NOON + 60)
    const wrong = await captureDecision(EMIL, { id, item, text: 'Freez' }, NOON + 61)
    await takeBackCaptured(EMIL, { id, kind: 'decision', captured: wrong.decisions[1]?.id ?? 0 })
    await captureAction(EMIL, { id, item, title: 'Move the pool', owner: SOFIA.id, dueOn: '2026-07-17' })
    await expect(
      captureAction(EMIL, { id, item, title: 'x', owner: '00000000-0000-4000-8000-00000000dead', dueOn: null }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await tickChecklist(EMIL, { id, line: 0, done: true }, NOON + 70)
    expect((await tickChecklist(SOFIA, { id, line: 0, done: true }, NOON + 71)).ticks).toEqual([
      { line: 0, by: 'Emil', at: NOON + 70 },
    ])

    const closed = await Promise.all(Array.from({ length: 5 }, (_, i) => closeReview(EMIL, { id }, NOON + 20 * MINUTE + i)))
    expect(closed).toEqual(closed.map(() => ({ id })))
    expect(await db().auditEntry.count({ where: { action: 'review.close', entityId: String(id) } })).toBe(1)
    const minutes = await minutesOfReview(VERA, id)
    const checkout = minutes.services.find(({ slug }) => slug === 'checkout')
    expect(checkout).toMatchObject({ health: 'red', decisions: [{ text: 'Freeze releases', by: 'Emil' }] })
    expect(checkout?.actions.map(({ title, status, owner }) => [title, status, owner])).toEqual([
      ['Move the pool', 'new', 'Sofia'],
      ['Watch the queue', 'carried', null],
    ])
    await expect(captureDecision(EMIL, { id, item, text: 'Late' })).rejects.toMatchObject({ code: 'CONFLICT' })
    await closeReview(SOFIA, { id }, NOON + DAY)
    expect(await minutesOfReview(VERA, id)).toEqual(minutes)
    expect((await cycleInfo(VERA, cycle, NOON + DAY)).standing.state).toBe('reviewed')

    const next = await startReview(SOFIA, { id: cycle }, NOON + WEEK)
    const { snapshot } = await review(VERA, next.id)
    expect(snapshot).toMatchObject({ last: id, since: NOON + HOUR })
    expect(snapshot.items[0]).toMatchObject({ key: 'actions', reason: '2 open, 1 late' })
    expect(snapshot.actions.map(({ title, late, from }) => [title, late, from])).toEqual([
      ['Move the pool', true, 'review of Wed 15 Jul'],
      ['Watch the queue', false, `INC-${world.incident}`],
    ])
    expect(snapshot.slos.find((slo) => slo.id === world.orders)).toMatchObject({ before: 'exhausted', remainingThen: -1.5 })
    const [pool1] = snapshot.actions
    expect((await settleCarried(EMIL, { id: next.id, action: pool1?.id ?? 0, done: true })).done).toContain(pool1?.id)
  })
})

describe('a team with many SLOs', () => {
  it('is asked about in as many questions as one with few', async () => {
    const questions = async (): Promise<number> => {
      const asked = vi.spyOn(pool(), 'query')
      const { id } = await startReview(EMIL, { id: await newCycle() }, NOON)
      const count = asked.mock.calls.length
      asked.mockRestore()
      await closeReview(EMIL, { id }, NOON + 1)
      return count
    }
    await questions()
    const few = await questions()
    await pool().query(
      `INSERT INTO slo (service_id, data_source_id, slug, name, indicator, target, "window", method, slice_target, shard)
       SELECT service_id, data_source_id, slug || '-' || n, name || n, indicator, target, "window", method, slice_target, shard
       FROM slo, generate_series(1, 200) n WHERE id = $1`,
      [world.orders],
    )
    for (const table of ['slo_evaluation', 'slo_status'])
      await pool().query(
        `INSERT INTO ${table} SELECT (jsonb_populate_record(one, jsonb_build_object('slo_id', s.id))).*
         FROM ${table} one, slo s WHERE one.slo_id = $1 AND s.slug LIKE 'orders-%'`,
        [world.orders],
      )
    // The first one also evaluates the new statuses, for everybody.
    await questions()
    expect(await questions()).toBeLessThanOrEqual(few + 4)
    const { snapshot } = await review(VERA, (await startReview(EMIL, { id: await newCycle() }, NOON)).id)
    expect(snapshot.slos.length).toBeGreaterThan(200)
    expect(snapshot.items.filter(({ kind }) => kind === 'slo')).toHaveLength(12)
    expect(snapshot.items.find(({ kind }) => kind === 'rest')?.reason).toMatch(/^\d+ SLOs, \d+ of them changed less$/)
  })
})

describe('open actions', () => {
  it('are changed by the version that was read, those of incidents with a line on the timeline', async () => {
    const { id, version } = (await listActions(VERA, { state: 'open' }, NOON)).find(({ incident }) => incident !== null) ?? {
      id: 0,
      version: 0,
    }
    await expect(changeOpenAction(VERA, { id, version, done: true })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await changeOpenAction(EMIL, { id, version, owner: SOFIA.id, dueOn: '2026-07-20' }, NOON)
    await expect(changeOpenAction(EMIL, { id, version, done: true }, NOON)).rejects.toMatchObject({ code: 'CONFLICT' })
    await changeOpenAction(EMIL, { id, version: version + 1, done: true }, NOON)
    expect(
      await db().incidentEvent.findFirst({ where: { incidentId: world.incident, text: { startsWith: 'Done' } } }),
    ).not.toBeNull()
    expect((await listActions(VERA, { state: 'done' }, NOON)).map((one) => one.id)).toContain(id)
  })
})

describe('those who follow', () => {
  it('are told of each change, by one connection for all, and leave nothing behind', async () => {
    const { id } = await startReview(EMIL, { id: await newCycle() }, NOON)
    const readers = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const control = new AbortController()
        const stream = await reviewEvents(VERA, id, { signal: control.signal, seen: null })
        return { control, next: follow(stream) }
      }),
    )
    expect(await Promise.all(readers.map(({ next }) => next()))).toEqual([0, 0, 0])
    expect(openStreams()).toBe(3)
    await listening(1)
    await conductReview(EMIL, { id, sequence: 0, verb: 'go', to: 1 }, NOON + 5)
    expect(await Promise.all(readers.map(({ next }) => next()))).toEqual([1, 1, 1])
    const { rows } = await pool().query(`UPDATE review SET step = 0, revision = revision + 1 WHERE id = $1 RETURNING revision`, [
      id,
    ])
    // Another process, of which only Postgres tells.
    await pool().query('SELECT pg_notify($1, $2)', ['headroom_review', String(id)])
    expect(rows).toHaveLength(1)
    expect(await Promise.all(readers.map(({ next }) => next()))).toEqual([0, 0, 0])
    for (const { control } of readers) control.abort()
    expect(openStreams()).toBe(0)
    await listening(0)
  })
  it('who saw the newest before are told nothing again', async () => {
    const { id } = await startReview(EMIL, { id: await newCycle() }, NOON)
    const control = new AbortController()
    const next = follow(await reviewEvents(VERA, id, { signal: control.signal, seen: 0 }))
    await listening(1)
    await conductReview(EMIL, { id, sequence: 0, verb: 'go', to: 2 }, NOON + 5)
    expect(await next()).toBe(2)
    control.abort()
    await expect(reviewEvents(VERA, 9_999, { signal: control.signal, seen: null })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

/** The step of the next event of a stream. */
function follow(stream: ReadableStream<Uint8Array>): () => Promise<number> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let text = ''
  return async () => {
    for (;;) {
      const found = /event: live\ndata: (.*)\n\n/.exec(text)
      if (found) {
        text = text.slice(found.index + found[0].length)
        return (JSON.parse(found[1] ?? '') as { step: number }).step
      }
      const { value, done } = await reader.read()
      if (done) throw new Error('The stream has ended.')
      text += decoder.decode(value, { stream: true })
    }
  }
}

/** Until Postgres says that so many connections listen. */
const listening = (count: number): Promise<void> =>
  expect
    .poll(
      async () =>
        (
          await pool().query(
            `SELECT 1 FROM pg_stat_activity WHERE application_name = 'headroom listen' AND datname = current_database()`,
          )
        ).rowCount,
      { timeout: 10_000 },
    )
    .toBe(count)
