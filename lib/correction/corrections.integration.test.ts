import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { type TestSlos, testSlos } from '../db/test-slos'
import { loadDefinitions } from '../measurement/definitions'
import { evaluate, writeStatuses } from '../measurement/evaluate'
import { pinSpans } from '../measurement/excluded-spans'
import { countsOf } from '../measurement/inputs'
import { seeded } from '../measurement/known-truth'
import { ensurePartitions } from '../measurement/partitions'
import { newestSamples, type Sample, writeSamples } from '../measurement/samples'
import type { Counts } from '../slo/counts'
import { sloHistory } from '../slo/reads-history'
import { storedSlo } from '../slo/reads-stored'
import { DAY, MINUTE } from '../time-series/units'
import { decideCorrection, previewCorrection, requestCorrection, withdrawCorrection } from './commands'
import { applyCorrections } from './commands-apply'
import type { LedgerUnit } from './lens'
import { berlin, type Slot, walked } from './minute-walk-fixture'
import { listCorrections } from './reads'
import { newCorrectionSchema } from './schema'

// Berlin goes from summer to winter time on 2026-10-25 at 03:00, in the middle of the window.
const NOW = Date.UTC(2026, 10, 1, 12) / 1000
const FROM = NOW - 20 * DAY
const WINDOW = 14
const BERLIN = 'Europe/Berlin'

const ENGINEER: Actor = { type: 'user', id: 'e', name: 'Emil', email: 'e@example.org', role: 'engineer' }
const OWNER: Actor = { ...ENGINEER, id: 'o', name: 'Sofia', role: 'slo_owner' }
const OTHER: Actor = { ...ENGINEER, id: 'p', name: 'Pablo', role: 'product_owner' }
const VIEWER: Actor = { ...ENGINEER, id: 'v', name: 'Vera', role: 'viewer' }

let database: Awaited<ReturnType<typeof testDatabase>>
let slos: TestSlos
let events: number
let slices: number
const truth = new Map<number, Slot[]>()
const recomputed = (id: number, target: number, unit: LedgerUnit, excluded: (ts: number) => boolean) =>
  walked({ slots: truth.get(id) ?? [], from: FROM, windowFrom: NOW - WINDOW * DAY }, { target, unit, excluded })

async function fill(id: number, slotOf: (random: () => number) => Slot): Promise<void> {
  const random = seeded(id + 7)
  const slots = Array.from({ length: (NOW - FROM) / MINUTE }, () => slotOf(random))
  truth.set(id, slots)
  const sum = { good: 0, total: 0, measured: 0 }
  const samples: Sample[] = slots.map((slot, i) => {
    if (slot) {
      sum.good += slot.good
      sum.total += slot.total
      sum.measured += 1
    }
    return { sloId: id, ts: FROM + (i + 1) * MINUTE, ...sum }
  })
  await writeSamples(pool(), samples, NOW)
  await pool().query(`UPDATE slo_evaluation SET history_from = $2, backfill = 'done' WHERE slo_id = $1`, [id, FROM])
  const { definitions } = await loadDefinitions(pool(), { ids: [id] })
  const current = countsOf((await newestSamples(pool(), [id])).values())
  const facts = new Map([[id, { historyFrom: FROM, lastDataTs: NOW }]])
  await writeStatuses(pool(), await evaluate(pool(), definitions, NOW, current, facts))
}

const standing = async (id: number) => {
  const { status } = await storedSlo(id)
  return { sli: status?.sli ?? 0, remaining: status?.remaining ?? 0 }
}
const close = (found: { sli: number; remaining: number }, wanted: { sli: number; remaining: number }) => {
  expect(found.sli).toBeCloseTo(wanted.sli, 10)
  expect(found.remaining).toBeCloseTo(wanted.remaining, 7)
}

const exclusion = (ids: number[] | 'service', from: string, to: string, more: Record<string, unknown> = {}) =>
  newCorrectionSchema.parse({
    ...{ kind: 'exclusion', cause: 'maintenance', reason: 'Move of the database.' },
    scope: ids === 'service' ? { service: 'checkout' } : { slos: ids },
    schedule: { from, to, timeZone: BERLIN, ...more },
  })
const approved = async (asked: ReturnType<typeof exclusion>): Promise<number> => {
  const { id } = await requestCorrection(ENGINEER, asked)
  await decideCorrection(OWNER, { id, version: 1, verdict: 'approve', note: '' }, NOW)
  return id
}
const withdrawn = (id: number, version = 2) => withdrawCorrection(OWNER, { id, version, note: '' }, NOW)

beforeAll(async () => {
  database = await testDatabase()
  await ensurePartitions(pool(), FROM, NOW)
  slos = await testSlos(pool(), 'http://127.0.0.1:9')
  const indicator = {
    kind: 'availability' as const,
    requests: { metric: 'requests_total', matchers: [] },
    failed: [{ label: 'status', op: '=~' as const, value: '5..' }],
  }
  const window = { kind: 'rolling', days: WINDOW }
  events = await slos.addSlo({ slug: 'events', indicator, window, target: 0.99 })
  slices = await slos.addSlo({ slug: 'slices', indicator, window, target: 0.99, method: 'time_slices', sliceTarget: 0.95 })
  await fill(events, (random) => (random() < 0.01 ? null : { total: 100, good: 100 - Math.floor(random() * 4) }))
  await fill(slices, (random) => (random() < 0.01 ? null : { total: 1, good: random() < 0.02 ? 0 : 1 }))
})
afterAll(async () => database.drop())

const at = (text: string) => new Date(text).getTime() / 1000

describe('exclusions', () => {
  it('leave the budget as it is until somebody else has approved them', async () => {
    const before = await standing(events)
    const { id } = await requestCorrection(ENGINEER, exclusion([events], '2026-10-28T10:00', '2026-10-28T12:00'))
    close(await standing(events), before)
    await withdrawCorrection(ENGINEER, { id, version: 1, note: 'Wrong day.' }, NOW)
  })

  it.each(['events', 'slices'] as const)('once: %s', async (unit) => {
    const id = unit === 'events' ? events : slices
    const raw = await standing(id)
    close(
      raw,
      recomputed(id, 0.99, unit, () => false),
    )
    const asked = exclusion([id], '2026-10-28T10:00', '2026-10-28T22:00')
    const inside = (ts: number) => ts >= at('2026-10-28T09:00Z') && ts < at('2026-10-28T21:00Z')
    const wanted = recomputed(id, 0.99, unit, inside)
    const [effect] = await previewCorrection(ENGINEER, asked, NOW)
    expect(effect?.before.remaining).toBeCloseTo(raw.remaining, 9)
    expect(effect?.after.remaining).toBeCloseTo(wanted.remaining, 7)
    const correction = await approved(asked)
    close(await standing(id), wanted)
    await withdrawn(correction)
    close(await standing(id), raw)
  })

  it.each(['events', 'slices'] as const)('of the last two days to the minute: %s', async (unit) => {
    const id = unit === 'events' ? events : slices
    const correction = await approved(exclusion([id], '2026-10-31T10:07', '2026-10-31T11:52'))
    const inside = (ts: number) => ts >= at('2026-10-31T09:07Z') && ts < at('2026-10-31T10:52Z')
    close(await standing(id), recomputed(id, 0.99, unit, inside))
    await withdrawn(correction)
  })

  it('older ones reach outward to the five minutes that are kept', async () => {
    const correction = await approved(exclusion([events], '2026-10-27T10:07', '2026-10-27T10:52'))
    const inside = (ts: number) => ts >= at('2026-10-27T09:05Z') && ts < at('2026-10-27T09:55Z')
    close(await standing(events), recomputed(events, 0.99, 'events', inside))
    await withdrawn(correction)
  })

  it.each(['events', 'slices'] as const)('recurring across the change of the clocks, and overlapping: %s', async (unit) => {
    const id = unit === 'events' ? events : slices
    const nightly = await approved(exclusion([id], '2026-10-01T01:00', '2026-10-01T04:00', { rrule: 'FREQ=DAILY' }))
    const sundays = await approved(exclusion([id], '2026-10-04T03:30', '2026-10-04T06:00', { rrule: 'FREQ=WEEKLY;BYDAY=SU,WE' }))
    // A night of 180 real minutes begins at 01:00; on the 25th those end at 03:00 by the clock on the wall.
    const changed = (ts: number) => ts >= at('2026-10-24T22:00Z') && ts < at('2026-10-25T22:00Z')
    const inside = (ts: number) => {
      const { day, minute } = berlin(ts)
      const ofNight = changed(ts) ? ts >= at('2026-10-24T23:00Z') && ts < at('2026-10-25T02:00Z') : minute >= 60 && minute < 240
      return ofNight || ((day === 'Sun' || day === 'Wed') && minute >= 210 && minute < 360)
    }
    close(await standing(id), recomputed(id, 0.99, unit, inside))
    await withdrawn(nightly)
    await withdrawn(sundays)
    close(
      await standing(id),
      recomputed(id, 0.99, unit, () => false),
    )
  })

  it('of a service touch all its SLOs, and samples stay as they are', async () => {
    const sum = async () => (await pool().query('SELECT sum(good), sum(total), count(*) FROM sample_5m')).rows[0]
    const samples = await sum()
    const correction = await approved(exclusion('service', '2026-10-28T10:00', '2026-10-28T22:00'))
    const inside = (ts: number) => ts >= at('2026-10-28T09:00Z') && ts < at('2026-10-28T21:00Z')
    close(await standing(events), recomputed(events, 0.99, 'events', inside))
    close(await standing(slices), recomputed(slices, 0.99, 'slices', inside))
    expect(await sum()).toEqual(samples)
    const history = await sloHistory(VIEWER, events, '7d')
    expect(history.exclusions).toEqual([{ from: at('2026-10-28T09:00Z'), to: at('2026-10-28T21:00Z') }])
    expect(history.measuredRemaining?.at(-1)).toBeCloseTo(recomputed(events, 0.99, 'events', () => false).remaining, 2)
    expect(history.remaining.at(-1)).toBeCloseTo(recomputed(events, 0.99, 'events', inside).remaining, 2)
    await withdrawn(correction)
  })

  it('to come cost nothing now, and are laid out when their time comes', async () => {
    const raw = await standing(events)
    const correction = await approved(exclusion([events], '2026-11-01T14:00', '2026-11-01T15:00'))
    close(await standing(events), raw)
    const { rows } = await pool().query('SELECT from_ts, start_good FROM excluded_span WHERE slo_id = $1', [events])
    expect(rows).toEqual([{ from_ts: at('2026-11-01T13:00Z'), start_good: null }])
    expect(await applyCorrections(pool(), { ids: [events] }, NOW)).toBe(0)
    const counters = countsOf((await newestSamples(pool(), [events])).values()).get(events) as Counts
    const { definitions } = await loadDefinitions(pool(), { ids: [events] })
    // A hundred events a minute from now on; the hour from minute 61 to 120 is announced maintenance.
    const seen: Record<number, [m30: number, h1: number]> = {}
    for (let minute = 1; minute <= 150; minute++) {
      const ts = NOW + minute * MINUTE
      const now = {
        good: counters.good + 10 * minute,
        total: counters.total + 100 * minute,
        measured: counters.measured + minute,
      }
      await writeSamples(pool(), [{ sloId: events, ts, ...now }], ts)
      await pinSpans(pool(), [events], ts)
      if (minute % 50 !== 0) continue
      const facts = new Map([[events, { historyFrom: FROM, lastDataTs: ts }]])
      const [judged] = await evaluate(pool(), definitions, ts, new Map([[events, now]]), facts)
      const { m30, h1 } = judged?.status.lookbacks ?? {}
      seen[minute] = [m30?.total ?? 0, h1?.total ?? 0]
    }
    expect(seen).toMatchObject({ 50: [3_000, expect.any(Number)], 100: [0, 2_000], 150: [3_000, 3_000] })
    await pool().query('DELETE FROM sample_1m WHERE ts > $1', [NOW])
    await pool().query('DELETE FROM sample_5m WHERE ts > $1', [NOW])
    await pool().query('DELETE FROM sample_1h WHERE ts > $1', [NOW])
    await withdrawn(correction)
  })
})

describe('credits', () => {
  it('add minutes to the budget for as long as they are in the window', async () => {
    const raw = await standing(events)
    const credit = (when: string) =>
      newCorrectionSchema.parse({
        ...{ kind: 'credit', cause: 'agreement', reason: 'Agreed with the customer.', scope: { slos: [events] } },
        ...{ minutes: 50.4, at: when },
      })
    const { id } = await requestCorrection(ENGINEER, credit('2026-10-30T12:00:00Z'))
    await decideCorrection(OTHER, { id, version: 1, verdict: 'approve', note: 'Yes.' }, NOW)
    // 1 % of 14 days are 201.6 minutes: 50.4 are a quarter.
    expect((await standing(events)).remaining).toBeCloseTo(raw.remaining + 0.25, 9)
    expect((await sloHistory(VIEWER, events, '7d')).credits).toEqual([
      { at: at('2026-10-30T12:00Z'), minutes: 50.4, points: expect.closeTo(25, 9) },
    ])
    await withdrawn(id)
    const old = await requestCorrection(ENGINEER, credit('2026-10-15T12:00:00Z'))
    await decideCorrection(OTHER, { id: old.id, version: 1, verdict: 'approve', note: '' }, NOW)
    close(await standing(events), raw)
    await withdrawn(old.id)
  })
})

describe('two people', () => {
  const asked = () => exclusion([events], '2026-10-28T10:00', '2026-10-28T12:00')

  it('whoever asked does not decide, whatever the role', async () => {
    const { id } = await requestCorrection(OWNER, asked())
    const verdict = { id, version: 1, verdict: 'approve' as const, note: '' }
    await expect(decideCorrection(OWNER, verdict, NOW)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'You asked for this correction. Somebody else has to decide.',
    })
    const token: Actor = { type: 'token', id: 't', name: 'ci', role: 'slo_owner', ownerId: 'o' }
    await expect(decideCorrection(token, verdict, NOW)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(decideCorrection({ ...token, ownerId: null }, verdict, NOW)).rejects.toMatchObject({
      message: 'A decision needs a person. Sign in, or use a token that belongs to one.',
    })
    await expect(decideCorrection(ENGINEER, verdict, NOW)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(
      pool().query(`UPDATE correction SET status = 'approved', decided_by = requested_by WHERE id = $1`, [id]),
    ).rejects.toThrow('correction_two_people')
    await decideCorrection(OTHER, verdict, NOW)
    await withdrawn(id)
  })

  it('a viewer asks for nothing; the second to decide is told', async () => {
    await expect(requestCorrection(VIEWER, asked())).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const { id } = await requestCorrection(ENGINEER, asked())
    await decideCorrection(OWNER, { id, version: 1, verdict: 'refuse', note: 'Not agreed.' }, NOW)
    await expect(decideCorrection(OTHER, { id, version: 1, verdict: 'approve', note: '' }, NOW)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'This correction is refused already. Ask for a new one if that is not right.',
    })
    const [newest] = await listCorrections(VIEWER, { sloId: events }, NOW)
    expect(newest).toMatchObject({ id, status: 'refused', requestedBy: 'Emil', decidedBy: 'Sofia', note: 'Not agreed.' })
    const { rows } = await pool().query(
      `SELECT action, actor_name FROM audit_entry WHERE entity_type = 'correction' AND entity_id = $1 ORDER BY id`,
      [String(id)],
    )
    expect(rows).toEqual([
      { action: 'correction.request', actor_name: 'Emil' },
      { action: 'correction.refuse', actor_name: 'Sofia' },
    ])
  })
})
