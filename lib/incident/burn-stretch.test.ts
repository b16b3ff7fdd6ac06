import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { burnAround, type MinuteCount, minutesOf } from './burn-stretch'

const T0 = 1_800_000_000
/** x burns, . does not, ? was not measured, 0 nothing happened. The first one ends at T0 + 60. */
const minutes = (text: string): MinuteCount[] =>
  [...text].map((sign, i) => ({
    ts: T0 + (i + 1) * 60,
    bad: sign === 'x' ? 5 : sign === '.' ? 1 : 0,
    total: sign === '?' ? null : sign === '0' ? 0 : 100,
  }))
/** Indexes of the first burning minute and the one after the last. */
const found = (text: string, anchor = text.length) => {
  const stretch = burnAround(minutes(text), 0.01, T0 + anchor * 60)
  return stretch && [(stretch.from - T0) / 60, (stretch.to - T0) / 60]
}

describe('the stretch in which a budget burned', () => {
  it.each<[string, string, number[] | null]>([
    ['one burst', '...xxxx', [3, 7]],
    ['one that has ended', '...xxxx..', [3, 7]],
    ['exactly at the allowance does not burn', '.......', null],
    ['a pause of five minutes is within it', 'xx.....xx', [0, 9]],
    ['a pause of six is not', 'xx......xx', [8, 10]],
    ['minutes that nobody measured do not make a pause', 'xx...??..xx', [0, 11]],
    ['minutes in which nothing happened do', 'xx...00.xx', [8, 10]],
    ['nothing at all', '', null],
  ])('%s', (_, text, wanted) => expect(found(text)).toEqual(wanted))

  it('goes on after the anchor, until it pauses for longer', () => {
    expect(found('..xxx..x......x', 4)).toEqual([2, 8])
  })

  it('what comes after the anchor only is not it', () => {
    expect(found('......xx', 3)).toBeNull()
  })

  it('read backwards it is the same stretch, mirrored', () => {
    const text = fc.array(fc.constantFrom('x', '.', '?', '0'), { minLength: 1, maxLength: 60 }).map((signs) => signs.join(''))
    fc.assert(
      fc.property(text, fc.nat(59), (signs, start) => {
        const at = [...signs].findIndex((sign, i) => i >= start && sign === 'x')
        if (at < 0) return
        const mirrored = [...signs].reverse().join('')
        const [from = 0, to = 0] = found(signs, at + 1) ?? []
        expect(found(mirrored, signs.length - at)).toEqual([signs.length - to, signs.length - from])
      }),
    )
  })
})

it('minutes are differences of readings; a hole in them is no minute', () => {
  const reading = (minute: number, good: number, total: number, measured = minute) => ({
    ts: T0 + minute * 60,
    good,
    total,
    measured,
  })
  expect(minutesOf([reading(0, 10, 10), reading(1, 15, 20), reading(3, 30, 40), reading(4, 30, 40, 3)])).toEqual([
    { ts: T0 + 60, bad: 5, total: 10 },
    { ts: T0 + 240, bad: 0, total: null },
  ])
})
