import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageText, burnText, countText, leftText, MINUS, sliText, spentText, THIN, targetText } from './format'
import { dayText, lengthText, whenText } from './format-time'

const number = (text: string): number => Number(text.replace(MINUS, '-').replaceAll(THIN, ''))

describe('rounding is against ourselves', () => {
  it('rounds what is left down and what is spent up', () => {
    expect(sliText(0.9999999)).toBe('99.999')
    expect(leftText(0.18028)).toBe('18.0')
    expect(leftText(-0.29099)).toBe(`${MINUS}29.1`)
    expect(spentText(0.81972)).toBe('82.0')
    expect(burnText(2.3306)).toBe('2.34')
  })
  it('leaves exact decimals alone', () => {
    expect(leftText(0.29)).toBe('29.0')
    expect(burnText(1.1)).toBe('1.10')
    expect(sliText(1)).toBe('100.000')
    expect(leftText(0)).toBe('0.0')
    expect(burnText(0)).toBe('0.00')
  })
  it('never shows more than is left, nor less than is spent', () => {
    const ratio = fc.double({ min: -50, max: 1, noNaN: true })
    fc.assert(fc.property(ratio, (left) => number(leftText(left)) <= left * 100 + 1e-6))
    fc.assert(fc.property(fc.double({ min: 0, max: 2000, noNaN: true }), (burn) => number(burnText(burn)) >= burn - 1e-6))
  })
})

describe('figures', () => {
  it('uses a true minus and a thin space', () => {
    expect(leftText(-12.345)).toBe(`${MINUS}1${THIN}234.5`)
    expect(countText(151054090)).toBe(`151${THIN}054${THIN}090`)
  })
  it('shows a target with the digits it has', () => {
    expect(targetText(0.999)).toBe('99.90')
    expect(targetText(0.99999)).toBe('99.999')
  })
  it('says ages and lengths shortly', () => {
    expect(['20', '2700', '30600', '7200', '266400'].map((s) => ageText(Number(s)))).toEqual([
      '20 s',
      '45 min',
      '8 h 30',
      '2 h',
      '3 d 2 h',
    ])
    expect([lengthText(8100), lengthText(259200)]).toEqual(['2 h 15 min', '72 h'])
  })
})

describe('instants', () => {
  const now = Date.UTC(2026, 6, 15, 14, 35) / 1000
  it('names the hour within three days only', () => {
    expect(whenText(now - 2700, now)).toBe('today 13:50')
    expect(whenText(Date.UTC(2026, 6, 16, 22, 10) / 1000, now)).toBe('Thu 16, 22:10')
    expect(whenText(Date.UTC(2026, 6, 24, 3) / 1000, now)).toBe('Fri 24 Jul')
  })
  it('follows the zone, and names another year', () => {
    expect(whenText(now, now, 'Asia/Tokyo')).toBe('today 23:35')
    expect(dayText(Date.UTC(2027, 0, 1) / 1000, now)).toBe('Fri 1 Jan 2027')
  })
})
