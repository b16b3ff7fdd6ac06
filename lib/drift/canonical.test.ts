import { describe, expect, it } from 'vitest'
import { firstDifference, samePromql } from './canonical'

describe('the same question in other words', () => {
  it.each([
    ['rate(a_total[300s])', 'rate(a_total[5m])'],
    ['a offset 86400s', 'a offset 1d'],
    ['a{b="1",a="2"}', 'a{a="2", b="1"}'],
    ["a{b='5..\\\\d'}", 'a{b="5..\\\\d"}'],
    ['a{b=`c\\d`}', 'a{b="c\\\\d"}'],
    ['a{b="\\u00e9\\x41"}', 'a{b="éA"}'],
    ['a{b="\\U0001F600\\141"}', 'a{b="😀a"}'],
    ['a{b="1",}', 'a{b="1"}'],
    ['a{}', 'a'],
    ['{__name__="a",b="1"}', 'a{b="1"}'],
    ['{"a",b="1"}', 'a{b="1"}'],
    ['sum(rate(a[5m])) by (job)', 'sum by (job) (rate(a[5m]))'],
    ['sum by (b, a) (x)', 'sum by (a, b) (x)'],
    ['SUM(a) OR b', 'sum(a) or b'],
    ['((a)) + (b)', 'a + b'],
    ['a # why\n+ b', 'a + b'],
    ['a > 0x10', 'a > 16'],
    ['a > 1e3', 'a > 1000.0'],
    ['a > +Inf', 'a > Inf'],
    ['a[1h:60s]', 'a[60m:1m]'],
    ['a[3614999ms]', 'a[1h14s999ms]'],
    ['a @ 5 offset 1m', 'a offset 60s @ 5'],
    ['a and on () b', 'a and on() b'],
    ['a * on (x, y) group_left (z) b', 'a * on(y,x) group_left(z) b'],
    ['rate(a[300])', 'rate(a[5m])'],
  ])('%s is %s', (ours, theirs) => {
    expect(samePromql(ours, theirs)).toBe(true)
    expect(samePromql(theirs, ours)).toBe(true)
  })
})

describe('another question', () => {
  it.each([
    ['rate(a[5m])', 'rate(a[6m])'],
    ['a{b="1"}', 'a{b="2"}'],
    ['a{b="1"}', 'a{b!="1"}'],
    ['a{b="1"}', 'A{b="1"}'],
    ['a{b="x y"}', 'a{b="xy"}'],
    ['a - b', 'b - a'],
    ['(a + b) * c', 'a + b * c'],
    ['a > 1', 'a >= 1'],
    ['a > bool 1', 'a > 1'],
    ['sum by (x) (a)', 'sum without (x) (a)'],
    ['sum by (x) (a)', 'sum(a)'],
    ['a and on () b', 'a and b'],
    ['a and on (x) b', 'a and ignoring (x) b'],
    ['a offset 1m', 'a offset -1m'],
    ['a or b', 'a unless b'],
    ['a > 5', 'a > -5'],
    ['quantile_over_time(0.5, a[5m])', 'quantile_over_time(0.9, a[5m])'],
    ['this is not {', 'this was not {'],
  ])('%s is not %s', (ours, theirs) => expect(samePromql(ours, theirs)).toBe(false))
})

it('finds where two texts part, past what is only spelled differently', () => {
  const [ours, theirs] = ['sum ( a{x="1",b="2"}[60s] ) > 14.4', 'sum(a{b="2",x="1"}[1m]) > 20']
  const [at, there] = firstDifference(ours, theirs)
  expect([ours.slice(at), theirs.slice(there)]).toEqual(['14.4', '20'])
  expect(firstDifference('a', 'a + b')).toEqual([1, 2])
})
