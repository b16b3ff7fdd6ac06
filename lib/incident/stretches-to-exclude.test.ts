import fc from 'fast-check'
import { expect, it } from 'vitest'
import { stretchesToExclude } from './stretches-to-exclude'

it('takes stretches that touch together, those apart alone, and SLOs of the same stretch at once', () => {
  expect(
    stretchesToExclude([
      { sloId: 2, from: 0, to: 10 },
      { sloId: 1, from: 50, to: 60 },
      { sloId: 1, from: 5, to: 10 },
      { sloId: 1, from: 0, to: 5 },
      { sloId: 3, from: 7, to: 7 },
    ]),
  ).toEqual([
    { from: 0, to: 10, slos: [1, 2] },
    { from: 50, to: 60, slos: [1] },
  ])
})

it('leaves out every minute of every stretch, and no other', () => {
  const stretch = fc.record({ sloId: fc.integer({ min: 1, max: 3 }), from: fc.nat(30), length: fc.nat(9) })
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 8 }), (drawn) => {
      const impacts = drawn.map(({ sloId, from, length }) => ({ sloId, from, to: from + length }))
      const asked = stretchesToExclude(impacts)
      for (const sloId of [1, 2, 3])
        for (let minute = 0; minute < 40; minute += 1) {
          const within = ({ from, to }: { from: number; to: number }) => from <= minute && minute < to
          const hit = impacts.some((impact) => impact.sloId === sloId && within(impact))
          expect(asked.filter((one) => one.slos.includes(sloId) && within(one))).toHaveLength(hit ? 1 : 0)
        }
    }),
  )
})
