import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { db, disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import type { Indicator } from '../slo/indicator'
import { createJourney, deleteJourney, setResult, updateJourney } from './commands'
import { inputOf, journeyDetail, listJourneys } from './reads'
import { journeyDraft } from './reads-draft'
import { type JourneyInput, journeySchema } from './schema'

const VIEWER: Actor = { type: 'user', id: '1', name: 'Vera', email: 'v@example.org', role: 'viewer' }
const OWNER: Actor = { ...VIEWER, id: '2', name: 'Sofia', role: 'slo_owner' }
const EMIL: Actor = { ...VIEWER, id: '3', name: 'Emil', role: 'engineer' }
const PABLO: Actor = { ...VIEWER, id: '4', name: 'Pablo', role: 'product_owner' }
const UP: Indicator = { kind: 'boolean', series: { metric: 'up', matchers: [] } }
const WAY: Indicator = {
  ...{ kind: 'composite', rule: 'product', late: 'leave-out' },
  members: ['search', 'cart'].map((slo) => ({ service: 'checkout', slo, weight: 1 })),
}

let database: Awaited<ReturnType<typeof testDatabase>>
let wayId = 0

const step = (name: string, slo: string | null) => ({
  ...{ name, sliType: 'availability', threshold: '99.9 %' },
  slo: slo && `checkout/${slo}`,
})
const journey = (change: Partial<JourneyInput> = {}): JourneyInput =>
  journeySchema.parse({
    ...{ name: 'Buy something', slug: 'buy', criticality: 'critical' },
    steps: [step('Search', 'search'), step('Fill the cart', 'cart'), step('Pay', null)],
    ...change,
  })

beforeAll(async () => {
  database = await testDatabase()
  const slos = await testSlos(pool(), 'http://127.0.0.1:9')
  for (const slug of ['search', 'cart', 'pay']) await slos.addSlo({ slug, indicator: UP })
  await slos.addSlo({ slug: 'month', indicator: UP, window: { kind: 'rolling', days: 30 } })
  wayId = await slos.addSlo({ slug: 'way', indicator: WAY })
})
afterAll(async () => {
  await disconnect()
  await database.drop()
})

describe('writing a journey', () => {
  it.each([VIEWER, PABLO])('is refused to $name, and nothing is written', async (actor) => {
    await expect(createJourney(actor, journey())).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect([await db().journey.count(), await db().auditEntry.count()]).toEqual([0, 0])
  })

  it('keeps its steps in order, and says who wrote it', async () => {
    expect(await createJourney(OWNER, journey())).toEqual({ slug: 'buy', version: 1 })
    const { steps, result } = await journeyDetail(VIEWER, 'buy')
    expect(steps.map(({ name, slo }) => [name, slo?.name ?? null])).toEqual([
      ['Search', 'search'],
      ['Fill the cart', 'cart'],
      ['Pay', null],
    ])
    expect(result).toBeNull()
    expect(await db().auditEntry.findFirst({ where: { action: 'journey.create' } })).toMatchObject({ actorName: 'Sofia' })
  })

  it.each<[string, Partial<JourneyInput>, string]>([
    ['the same name', { slug: 'other', name: 'buy SOMETHING', steps: [step('x', 'pay')] }, 'name'],
    ['the same short name', { name: 'Other', steps: [step('x', 'pay')] }, 'slug'],
    ['one SLO in two steps', { name: 'Other', slug: 'other', steps: [step('x', 'pay'), step('y', 'pay')] }, 'steps.1.slo'],
    ['the way of another journey', { name: 'Other', slug: 'other', steps: [step('x', 'search'), step('y', 'cart')] }, 'steps'],
    ['an unknown SLO', { name: 'Other', slug: 'other', steps: [step('x', 'nothing')] }, 'steps.0.slo'],
    ['a result that is no composite', { name: 'Other', slug: 'other', steps: [], result: 'checkout/pay' }, 'result'],
  ])('is refused with %s', async (_, change, path) => {
    const input = change.steps?.length === 0 ? { ...change, steps: [step('x', 'pay')] } : change
    await expect(createJourney(OWNER, journey(input))).rejects.toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] })
    expect(await db().journey.count()).toBe(1)
  })

  it('tells the second of two what the first changed', async () => {
    const saved = await updateJourney(EMIL, { slug: 'buy', version: 1, journey: journey({ criticality: 'high' }) })
    expect(saved).toEqual({ kind: 'saved', slug: 'buy', version: 2 })
    const second = await updateJourney(OWNER, { slug: 'buy', version: 1, journey: journey({ description: 'mine' }) })
    expect(second).toMatchObject({ kind: 'conflict', version: 2, author: 'Emil', changes: ['Criticality critical → high'] })
    expect((await journeyDetail(VIEWER, 'buy')).description).toBe('')
  })

  it('of ten at once, one is saved', async () => {
    const all = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        updateJourney(OWNER, { slug: 'buy', version: 2, journey: journey({ description: `number ${i}` }) }),
      ),
    )
    expect(all.filter(({ kind }) => kind === 'saved')).toHaveLength(1)
    expect((await journeyDetail(VIEWER, 'buy')).version).toBe(3)
  })

  it('begins a composite with the steps that share a window', async () => {
    const steps = [step('Search', 'search'), step('Read', 'month'), step('Fill the cart', 'cart')]
    await createJourney(OWNER, journey({ name: 'Look around', slug: 'look', steps }))
    const { draft, notes } = await journeyDraft(OWNER, 'look')
    expect(draft.members.map(({ slo }) => slo)).toEqual(['search', 'cart'])
    expect([draft.kind, draft.days, draft.service]).toEqual(['composite', '7', 'checkout'])
    expect(notes).toEqual(['month has a window of 30 d rolling, so it is no member; the others have 7 d rolling.'])
  })

  it('takes its composite as its result', async () => {
    expect(await setResult(OWNER, { slug: 'look', sloId: wayId })).toMatchObject({ kind: 'saved', version: 2 })
    const { result, steps } = await journeyDetail(VIEWER, 'look')
    expect(result).toMatchObject({ name: 'way', rule: 'product' })
    expect(steps.map(({ inResult }) => inResult)).toEqual([true, false, true])
  })

  it('is deleted by who may, with what it was in the audit log', async () => {
    await expect(deleteJourney(VIEWER, { slug: 'look', version: 2 })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(deleteJourney(OWNER, { slug: 'look', version: 1 })).rejects.toMatchObject({ code: 'CONFLICT' })
    const before = inputOf(await journeyDetail(OWNER, 'look'))
    await deleteJourney(OWNER, { slug: 'look', version: 2 })
    expect((await listJourneys(VIEWER)).map(({ slug }) => slug)).toEqual(['buy'])
    const written = await db().auditEntry.findFirst({ where: { action: 'journey.delete' } })
    expect(written?.before).toEqual({ ...before, version: 2 })
  })
})
