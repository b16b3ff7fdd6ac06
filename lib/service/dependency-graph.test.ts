import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { circlesOf, cycleText, cycleThrough, type DependencyGraph } from './dependency-graph'

const graph = (arrows: Record<string, string[]>): DependencyGraph => new Map(Object.entries(arrows))

describe('a cycle in the graph', () => {
  it.each<[string, Record<string, string[]>, string, string | null]>([
    ['nothing', {}, 'a', null],
    ['a chain', { a: ['b'], b: ['c'] }, 'a', null],
    ['two ways to one end', { a: ['b', 'c'], b: ['d'], c: ['d'] }, 'a', null],
    ['itself', { a: ['a'] }, 'a', 'a → a'],
    [
      'two',
      { 'checkout-api': ['payment-gateway'], 'payment-gateway': ['checkout-api'] },
      'checkout-api',
      'checkout-api → payment-gateway → checkout-api',
    ],
    ['the shortest of several', { a: ['b', 'd'], b: ['c'], c: ['a'], d: ['a'] }, 'a', 'a → d → a'],
    ['one that does not lead through it', { a: ['b'], b: ['c'], c: ['b'] }, 'a', null],
  ])('%s', (_what, arrows, start, expected) => {
    const cycle = cycleThrough(graph(arrows), start)
    expect(cycle && cycleText(cycle)).toBe(expected)
  })

  const NODES = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const arrows = fc.dictionary(fc.constantFrom(...NODES), fc.subarray(NODES), { noNullPrototype: true })

  it('is a way along arrows, from its service back to it, that visits no other twice', () =>
    fc.assert(
      fc.property(arrows, fc.constantFrom(...NODES), (given, start) => {
        const found = cycleThrough(graph(given), start)
        if (!found) return
        expect([found[0], found.at(-1)]).toEqual([start, start])
        found.slice(1).forEach((to, i) => {
          expect(given[found[i] as string]).toContain(to)
        })
        expect(new Set(found.slice(1)).size).toBe(found.length - 1)
      }),
    ))

  it('is found exactly when the service reaches itself', () =>
    fc.assert(
      fc.property(arrows, fc.constantFrom(...NODES), (given, start) => {
        // Reachability the slow way: add what is reached until nothing new is.
        const reached = new Set(given[start] ?? [])
        for (const _ of NODES) for (const one of [...reached]) for (const next of given[one] ?? []) reached.add(next)
        expect(cycleThrough(graph(given), start) !== null).toBe(reached.has(start))
      }),
    ))

  it('lies in what lies in circles, and everything there does', () =>
    fc.assert(
      fc.property(arrows, (given) => {
        const within = circlesOf(graph(given))
        for (const service of Object.keys(given)) {
          const cycle = cycleThrough(graph(given), service)
          if (cycle) expect(cycleThrough(within, service)).toEqual(cycle)
        }
        for (const [service, needs] of within)
          for (const needed of needs) expect(cycleThrough(new Map(within).set(service, [needed]), service)).not.toBeNull()
      }),
    ))

  it('never appears while arrows that would close one are refused', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...NODES), fc.subarray(NODES)), { maxLength: 20 }), (edits) => {
        const kept = new Map<string, string[]>()
        for (const [service, needs] of edits)
          if (!cycleThrough(new Map(kept).set(service, needs), service)) kept.set(service, needs)
        for (const service of NODES) expect(cycleThrough(kept, service)).toBeNull()
      }),
    ))
})
