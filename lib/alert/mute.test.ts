import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Firing, mutesOf, type Surroundings } from './mute'

const page = (id: number, serviceId: number, more: Partial<Firing> = {}): Firing =>
  ({ id, serviceId, sloId: serviceId * 10, severity: 'page', firedAt: 1_000, state: 'firing', muted: null, ...more }) as Firing
const around = (needs: Record<number, number[]>, more: Partial<Surroundings> = {}): Surroundings => ({
  needs: (service) => needs[service] ?? [],
  nameOf: (service) => `service ${service}`,
  maintenance: () => null,
  others: [],
  policyOf: () => ({ suppressByDependency: true, silenceInMaintenance: true }),
  ...more,
})
const why = (alerts: Firing[], surroundings: Surroundings) =>
  [...mutesOf(alerts, surroundings)].map(([id, mute]) =>
    mute ? `${id} ${mute.because} ${'alertId' in mute ? mute.alertId : ''}`.trim() : `${id}`,
  )

describe('who is told', () => {
  it.each<[string, Firing[], Surroundings, string[]]>([
    ['a page alone', [page(1, 1)], around({ 1: [2] }), ['1']],
    ['a page above', [page(1, 1), page(2, 2)], around({ 1: [2] }), ['1 dependency 2', '2']],
    ['a chain', [page(1, 1), page(2, 2), page(3, 3)], around({ 1: [2], 2: [3] }), ['1 dependency 3', '2 dependency 3', '3']],
    ['not the other way', [page(1, 1), page(2, 2)], around({ 2: [1] }), ['1', '2 dependency 1']],
    ['two SLOs of one service', [page(1, 1), page(2, 1, { sloId: 11 })], around({ 1: [2] }), ['1', '2']],
    ['through a service that does not page', [page(1, 1), page(3, 3)], around({ 1: [2], 2: [3] }), ['1 dependency 3', '3']],
    [
      'a circle: the first one',
      [page(1, 1, { firedAt: 2_000 }), page(2, 2)],
      around({ 1: [2], 2: [1] }),
      ['1 dependency 2', '2'],
    ],
    ['a circle at once: the lower number', [page(1, 1), page(2, 2)], around({ 1: [2], 2: [1] }), ['1', '2 dependency 1']],
    ['a service that names itself', [page(1, 1)], around({ 1: [1] }), ['1']],
    ['a page elsewhere', [page(1, 1)], around({ 1: [2] }, { others: [page(9, 2)] }), ['1 dependency 9']],
    [
      'a mute page elsewhere',
      [page(1, 1)],
      around({ 1: [2] }, { others: [page(9, 2, { muted: { because: 'page', alertId: 3 } })] }),
      ['1'],
    ],
    ['a ticket above mutes nothing', [page(1, 1), page(2, 2, { severity: 'ticket' })], around({ 1: [2] }), ['1', '2']],
    [
      'maintenance, and what needs it is told of',
      [page(1, 1), page(2, 2)],
      around({ 1: [2] }, { maintenance: (slo) => (slo === 20 ? { correctionId: 5, until: 2_000 } : null) }),
      ['1', '2 maintenance'],
    ],
    [
      'a policy that wants neither',
      [page(1, 1), page(2, 2)],
      around(
        { 1: [2] },
        {
          maintenance: () => ({ correctionId: 5, until: 2_000 }),
          policyOf: () => ({ suppressByDependency: false, silenceInMaintenance: false }),
        },
      ),
      ['1', '2'],
    ],
    ['a ticket under its page', [page(1, 1), page(2, 1, { severity: 'ticket', firedAt: 1_500 })], around({}), ['1', '2 page 1']],
    ['a ticket before its page', [page(1, 1), page(2, 1, { severity: 'ticket', firedAt: 500 })], around({}), ['1', '2']],
    [
      'a ticket whose page has ended',
      [page(2, 1, { severity: 'ticket', muted: { because: 'page', alertId: 1 } })],
      around({}),
      ['2 page 1'],
    ],
  ])('%s', (_what, alerts, surroundings, expected) => expect(why(alerts, surroundings)).toEqual(expected))

  it('somebody is always told: every mute page points at one that is told of, and needs its service', () => {
    const graph = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })), { maxLength: 14 })
    const fired = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1 })
    fc.assert(
      fc.property(
        graph,
        fired,
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 6, maxLength: 6 }),
        (arrows, services, ages) => {
          const needs: Record<number, number[]> = {}
          for (const [from, to] of arrows) needs[from] = [...(needs[from] ?? []), to]
          const alerts = services.map((service) => page(service, service, { firedAt: ages[service - 1] ?? 0 }))
          const mutes = mutesOf(alerts, around(needs))
          expect([...mutes.values()].filter((mute) => mute === null).length).toBeGreaterThan(0)
          for (const [id, mute] of mutes) {
            if (mute?.because !== 'dependency') continue
            expect(mutes.get(mute.alertId)).toBeNull()
            expect(reaches(needs, id, mute.serviceId)).toBe(true)
          }
          // Nobody who is told of needs, one way only, a service that is told of.
          for (const [id, mute] of mutes)
            for (const [other, otherMute] of mutes)
              if (mute === null && otherMute === null && id !== other && reaches(needs, id, other))
                expect(reaches(needs, other, id)).toBe(true)
        },
      ),
    )
  })
})

function reaches(needs: Record<number, number[]>, from: number, to: number, seen = new Set<number>()): boolean {
  if (seen.has(from)) return false
  seen.add(from)
  return (needs[from] ?? []).some((next) => next === to || reaches(needs, next, to, seen))
}
