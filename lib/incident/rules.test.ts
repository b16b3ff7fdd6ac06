import { describe, expect, it } from 'vitest'
import { costOf, worstOf } from './cost'
import { judgedShare, reviewProblem } from './retrospective-rule'
import { severityOfTier } from './severity'
import { costChangeText } from './words'

const HELD = { rootCause: 'A.', wentWell: 'B.', wentBadly: 'C.', retrospectiveAt: 5, actions: 1 }

describe('a retrospective', () => {
  it.each([
    ['a cheap incident', 0.2, { ...HELD, rootCause: '' }, null],
    ['an unknown cost', null, { ...HELD, rootCause: '' }, 'What it cost is not known, so it needs a retrospective first.'],
    ['an unknown cost, all written', null, HELD, null],
    ['all written', 3, HELD, null],
    ['no action item', 0.201, { ...HELD, actions: 0 }, 'Still missing: at least one action item.'],
    [
      'nothing',
      0.5,
      { rootCause: ' ', wentWell: '', wentBadly: '', retrospectiveAt: null, actions: 0 },
      'the root cause, what went well, what went badly, at least one action item and when the retrospective was held.',
    ],
  ])('%s', (_, share, facts, wanted) => {
    const problem = reviewProblem(share, facts)
    if (wanted === null) expect(problem).toBeNull()
    else expect(problem).toContain(wanted)
  })
})

it.each([
  ['nothing was hit', [], 0],
  [
    'all is known',
    [
      [1, 0.1],
      [1, 0.05],
      [2, 0.12],
    ],
    0.15,
  ],
  [
    'one is not known, and the rest is little',
    [
      [1, 0.1],
      [2, null],
    ],
    null,
  ],
  [
    'one is not known, and another is enough',
    [
      [1, 0.21],
      [2, null],
    ],
    0.21,
  ],
] as [string, [number, number | null][], number | null][])('is judged by the hardest hit: %s', (_, drawn, wanted) => {
  const share = judgedShare(drawn.map(([sloId, found]) => ({ sloId, share: found })))
  if (wanted === null) expect(share).toBeNull()
  else expect(share).toBeCloseTo(wanted, 12)
})

describe('what a stretch cost', () => {
  const counts = (good: number, total: number) => ({ good, total, measured: 0 })
  const day = { from: 0, to: 86_400 }

  it('is bad ÷ ((1 − target) × total of the window)', () => {
    // 36 bad of 144 000 × 0.001 = 144 allowed: a quarter, as 0.36 minutes of outage are of 1.44.
    const readings = {
      start: counts(50_000, 50_010),
      end: counts(51_000, 51_046),
      windowStart: counts(0, 0),
      windowEnd: counts(143_900, 144_000),
    }
    expect(costOf(readings, { target: 0.999, unit: 'events', window: day })).toEqual({
      ...{ at: 86_400, bad: 36, share: expect.closeTo(0.25, 12), minutes: expect.closeTo(0.36, 12), total: 144_000 },
    })
  })

  it('of slices is minutes', () => {
    const readings = {
      start: counts(100, 100),
      end: counts(103, 110),
      windowStart: counts(0, 0),
      windowEnd: counts(1_433, 1_440),
    }
    expect(costOf(readings, { target: 0.99, unit: 'slices', window: day })).toMatchObject({ bad: 7, minutes: 7, share: 7 / 14.4 })
  })

  it('of a window in which nothing happened is nothing', () => {
    const nothing = counts(0, 0)
    const readings = { start: nothing, end: nothing, windowStart: nothing, windowEnd: nothing }
    expect(costOf(readings, { target: 0.99, unit: 'events', window: day })).toMatchObject({ bad: 0, share: 0, minutes: 0 })
  })

  it('adds up per SLO, and the hardest hit one counts', () => {
    expect(
      worstOf([
        { sloId: 1, share: 0.2 },
        { sloId: 2, share: 0.3 },
        { sloId: 1, share: 0.25 },
      ]),
    ).toEqual({ sloId: 1, share: 0.45 })
    expect(worstOf([{ sloId: 1, share: null }])).toBeNull()
  })
})

it('severity follows the tier of the service', () => {
  expect((['critical', 'essential', 'standard', 'best_effort'] as const).map(severityOfTier)).toEqual([
    'sev1',
    'sev2',
    'sev3',
    'sev4',
  ])
})

it('says what a correction did, rounded against ourselves', () => {
  expect(costChangeText('Payments', 0.12301, 0.0911, [3])).toBe(
    'Cost of Payments: 12.4 % when resolved, 9.2 % now: exclusion #3.',
  )
})
