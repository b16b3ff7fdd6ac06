import { expect, it } from 'vitest'
import type { LedgerLine } from '@/lib/ledger/ledger'
import { prepareWaterfall } from './prepare-waterfall'

const line = (key: string, share: number): LedgerLine => ({
  ...{ key, kind: 'unexplained', cause: null, when: null, bad: 0, share, shares: [] },
})

it('every bar begins where the one before ended, and the figures add up', () => {
  const { rows, totalTenths, domain } = prepareWaterfall([line('a', 0.5004), line('b', 0.8004), line('c', -0.25)], 1.0508)
  expect(rows.map(({ from, to }) => [from, to].map((value) => value.toFixed(4)))).toEqual([
    ['0.0000', '0.5004'],
    ['0.5004', '1.3008'],
    ['1.3008', '1.0508'],
  ])
  expect(totalTenths).toBe(1051)
  expect(rows.map(({ tenths }) => tenths)).toEqual([501, 800, -250])
  expect(domain[1]).toBeCloseTo(1.3008 * 1.04, 9)
})

it('a budget that nobody touched has one line and the whole width', () => {
  expect(prepareWaterfall([line('unexplained', 0)], 0)).toMatchObject({ totalTenths: 0, domain: [0, 1.04] })
})
