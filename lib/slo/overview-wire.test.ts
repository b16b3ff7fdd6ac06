import fc from 'fast-check'
import { expect, it } from 'vitest'
import { burnText, leftText, sliText } from '../format'
import { tableOf } from './overview-fixture'
import { packOverview, unpackOverview } from './overview-wire'

const round = (row: Parameters<typeof tableOf>[0][number]) =>
  unpackOverview(JSON.parse(JSON.stringify(packOverview(tableOf([row]))))).columns

it('keeps trends within a pixel, gaps as gaps, and the far below at the floor', () => {
  const { trend } = round({ trend: [1, 0.503, null, -0.6, -14] })
  expect(trend[0]?.map((v) => v && Number(v.toFixed(3)))).toEqual([1, 0.5, null, -0.6, -0.6])
})

it('never changes a shown figure', () => {
  const ratio = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      ratio,
      fc.double({ min: -20, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 999, noNaN: true }),
      (sli, left, burn) => {
        const columns = round({ sli, remaining: left, burn1h: burn })
        expect(sliText(columns.sli[0] ?? null)).toBe(sliText(sli))
        expect(leftText(columns.remaining[0] ?? null)).toBe(leftText(left))
        expect(burnText(columns.burn1h[0] ?? null)).toBe(burnText(burn))
      },
    ),
  )
})
