import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimProblems, type ImpactStretch, mergedClaim } from './claim'

const NOW = 100_000
const REACH = { from: 10_000, to: 99_900 }

describe('a claim', () => {
  it.each([
    ['an end before the start', { from: 20_000, to: 19_000 }, REACH, 'to'],
    ['no length', { from: 20_000, to: 20_000 }, REACH, 'to'],
    ['the future', { from: 20_000, to: 100_001 }, REACH, 'to'],
    ['before history began', { from: 9_999, to: 20_000 }, REACH, 'from'],
    ['what is not measured yet', { from: 20_000, to: 99_950 }, REACH, 'to'],
    ['an SLO without history', { from: 20_000, to: 30_000 }, { from: null, to: null }, 'slo'],
  ])('%s is refused at its field', (_, asked, reach, field) => {
    expect(claimProblems(asked, reach, NOW).map(({ path }) => path)).toEqual([field])
  })

  it('within history is accepted', () => expect(claimProblems({ from: 10_000, to: 99_900 }, REACH, NOW)).toEqual([]))

  it('over an open stretch stays open and the incident’s own', () => {
    const known: ImpactStretch[] = [{ id: 7, from: 600, to: null, claimedBy: null }]
    expect(mergedClaim({ from: 0, to: 660, by: 'Emil' }, known)).toEqual({
      stretch: { from: 0, to: null, claimedBy: null },
      replaces: [7],
    })
  })

  it('covers the same minutes as before and itself, each once, and touches nothing', () => {
    const stretches = fc.array(fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 20 })), { maxLength: 8 })
    fc.assert(
      fc.property(stretches, fc.nat(100), fc.integer({ min: 1, max: 30 }), (lengths, from, length) => {
        // Every stretch is a claim itself, one after the other: they never overlap each other.
        let known: ImpactStretch[] = []
        const covered = new Set<number>()
        const all: [number, number][] = [...lengths, [from, length]]
        all.forEach(([start, minutes], id) => {
          for (let i = start; i < start + minutes; i++) covered.add(i)
          const { stretch, replaces } = mergedClaim({ from: start, to: start + minutes, by: 'Emil' }, known)
          known = [...known.filter((one) => !replaces.includes(one.id)), { id, ...stretch }]
        })
        const counted = known.flatMap(({ from: a, to }) => Array.from({ length: (to ?? 0) - a }, (_, i) => a + i))
        expect(counted.sort((a, b) => a - b)).toEqual([...covered].sort((a, b) => a - b))
        const sorted = known.sort((a, b) => a.from - b.from)
        sorted.forEach((one, i) => {
          if (i > 0) expect(one.from).toBeGreaterThan(sorted[i - 1]?.to ?? 0)
        })
      }),
    )
  })
})
