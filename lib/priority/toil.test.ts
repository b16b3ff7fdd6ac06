import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { performanceOf, toilOf, toilShareOf, toilText } from './toil'

describe('SLO performance', () => {
  it.each<[string, number[], number | null]>([
    ['nothing judged', [], null],
    ['kept to the point', [0], 100],
    ['nothing spent', [1, 1], 101],
    ['a quarter and three quarters left', [0.25, 0.75], 100.5],
    ['what one leaves does not make up for another: −1 ÷ 2', [0.5, -1], 99.5],
    ['two budgets too much, twice', [-2, -2], 98],
    ['one that is beyond hope takes six points, no more: −6 ÷ 5', [-80, 0.5, 0.5, 0.5, 0.5], 98.8],
  ])('%s', (_, remaining, p) =>
    p === null ? expect(performanceOf(remaining)).toBeNull() : expect(performanceOf(remaining)).toBeCloseTo(p, 12),
  )
})

it('spending more never helps', () =>
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -9, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
      fc.double({ min: 0, max: 4, noNaN: true }),
      ([first = 0, ...rest], more) =>
        (performanceOf([first - more, ...rest]) ?? 0) <= (performanceOf([first, ...rest]) ?? 0) + 1e-9,
    ),
  ))

describe('the share for toil', () => {
  it.each<[number | null, number, string]>([
    [null, 0.5, 'base'],
    [101, 0.6, 'kept'],
    [100, 0.6, 'kept'],
    [99.999, 0.5, 'nearly'],
    [99, 0.5, 'nearly'],
    [98.9, 0.445, 'below'],
    [98, 0.4, 'below'],
    [96, 0.3, 'below'],
    [94, 0.2, 'least'],
    [90, 0.2, 'least'],
  ])('at %s %% it is %s', (p, share, rule) => {
    expect(toilShareOf(p).share).toBeCloseTo(share, 12)
    expect(toilShareOf(p).rule).toBe(rule)
  })
  it('never leaves 20 to 60 %, and never grows when performance falls', () =>
    fc.assert(
      fc.property(fc.double({ min: 0, max: 110, noNaN: true }), fc.double({ min: 0, max: 10, noNaN: true }), (p, less) => {
        const { share } = toilShareOf(p)
        expect(share).toBeGreaterThanOrEqual(0.2)
        expect(share).toBeLessThanOrEqual(0.6)
        expect(toilShareOf(p - less).share).toBeLessThanOrEqual(share)
      }),
    ))
})

describe('hours', () => {
  it.each<[string, number[], number, number]>([
    ['60 % × 40 h × 5', [0.2], 5, 120],
    ['50 % × 40 h × 3', [-0.5], 3, 60],
    ['40 % × 40 h × 4', [-2], 4, 64],
    ['the limit holds for hours as well: 20 % × 40 h × 10', [-80], 10, 80],
    ['nobody', [0.2], 0, 0],
  ])('%s', (_, remaining, size, hours) => expect(toilOf(remaining, size).hours).toBeCloseTo(hours, 12))

  it.each<[number[], number, string]>([
    [[-2], 4, '50 − 5 × (100 − 98.00) = 40.0 %. 40.0 % × 40 h × 4 people = 64.0 h a week.'],
    [[0.5], 1, '100.50 % is 100 % or more: 60 %. 60.0 % × 40 h × 1 person = 24.0 h a week.'],
    [[-0.5], 2, '99.50 % is 99 % or more: 50 %. 50.0 % × 40 h × 2 people = 40.0 h a week.'],
    [[-80], 1, '50 − 5 × (100 − 94.00) = 20.0 %, and 20 % is the least. 20.0 % × 40 h × 1 person = 8.0 h a week.'],
    [[], 2, 'No SLO is judged, so the base of 50 % holds. 50.0 % × 40 h × 2 people = 40.0 h a week.'],
    [[0], 0, '100.00 % is 100 % or more: 60 %. Say how many people share the work to see hours.'],
  ])('are told with the values put in', (remaining, size, text) => expect(toilText(toilOf(remaining, size))).toBe(text))
})
