import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReportCause } from '../document'
import { causeLines } from './causes'
import { cause } from './objective-fixture'

const kinds = ['incident', 'release', 'dependency', 'measured', 'excluded', 'unexplained', 'credit'] as const
const anyCause = fc
  .record({
    kind: fc.constantFrom(...kinds),
    share: fc.double({ min: 0, max: 3, noNaN: true }),
    bad: fc.double({ min: 0, max: 1e7, noNaN: true }),
  })
  .map(
    ({ kind, share, bad }): ReportCause =>
      kind === 'excluded'
        ? cause(kind, -bad, -share)
        : cause(kind, kind === 'credit' ? 0 : bad, kind === 'credit' ? -share : share),
  )

describe('causes as they are shown', () => {
  it('add up to what is shown as consumed, however many there are', () =>
    fc.assert(
      fc.property(fc.array(anyCause, { minLength: 1, maxLength: 60 }), fc.integer({ min: 4, max: 12 }), (causes, most) => {
        const consumed = causes.reduce((sum, { share }) => sum + share, 0)
        const { lines, totalTenths, totalBad } = causeLines({ causes, consumed }, most)
        expect(lines.length).toBeLessThanOrEqual(Math.max(most, 1))
        expect(lines.reduce((sum, { tenths }) => sum + tenths, 0)).toBe(totalTenths)
        expect(lines.reduce((sum, { bad }) => sum + bad, 0)).toBe(totalBad)
        expect(lines.reduce((sum, { merged }) => sum + merged, 0)).toBe(causes.length)
        // Never less than it was, and not a tenth more.
        expect(totalTenths).toBeGreaterThanOrEqual(consumed * 1000 - 1e-6)
        expect(totalTenths).toBeLessThan(consumed * 1000 + 1)
      }),
    ))

  it('keep what was excluded and what nothing explains, and merge the smallest of the others', () => {
    const causes = [
      ...[5, 1, 4, 2, 3].map((share, id) => cause('incident', share * 10, share / 10, { id })),
      cause('measured', 7, 0.07),
      cause('excluded', -7, -0.07),
      cause('unexplained', 1, 0.01),
    ]
    const { lines } = causeLines({ causes, consumed: 1.51 }, 6)
    expect(lines.map((line) => line.cause?.id ?? line.cause?.kind ?? line.merged)).toEqual([
      0,
      2,
      'measured',
      'excluded',
      'unexplained',
      3,
    ])
    expect(lines.at(-1)).toMatchObject({ merged: 3, tenths: 600, bad: 60 })
  })
})
