import { expect, it } from 'vitest'
import type { AttributionInfo } from './schema'
import { proposalText, ratioText } from './words'

const AT = Date.UTC(2026, 6, 16, 14, 0) / 1000

it('a proposal says what was before, what came, what it costs and how likely chance is', () => {
  const info = {
    baseline: 0.001,
    evidence: {
      before: { from: AT - 21_600, to: AT, bad: 36, total: 36_000 },
      after: { from: AT, to: AT + 21_600, bad: 150, total: 36_000 },
      part: { from: AT + 300, to: AT + 4_200, bad: 121, total: 6_500 },
      ...{ excess: 114.5, budgetShare: 0.1136, chance: 2e-6, dispersion: 1.8, burn: { before: 1, after: 4.17 } },
    },
  } as AttributionInfo
  expect(proposalText(info, AT)).toEqual([
    'Before it 0.10 % failed (36 of 36\u202f000); from Thu 16 Jul, 14:05 to Thu 16 Jul, 15:10 it was 1.87 % (121 of 6\u202f500).',
    'That is 115 more than before would have brought, 11.4 % of the budget. The burn rate went from 1.00× to 4.17×.',
    'Chance alone brings this at most once in 500\u202f000 releases. Failures came in bursts before already (1.8 times as unevenly as by chance), which is allowed for.',
  ])
})

it.each([
  [0, '0.00 %'],
  [0.000_012, '0.0012 %'],
  [0.5, '50.00 %'],
])('%d is written as %s', (ratio, text) => expect(ratioText(ratio)).toBe(text))
