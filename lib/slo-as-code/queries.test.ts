import { describe, expect, it } from 'vitest'
import type { Indicator, Selector } from '../slo/indicator'
import { selectorText } from '../slo/promql'
import { pairOf, type Query, readOneSelector, readQuery, shareOf } from './queries'

const query = (text: string, bare = false): Query => {
  const read = readQuery(text, { bare })
  if (!read.ok) throw new Error(read.reason)
  return read.query
}

/** "good a{…} + b{…} of c{…}" */
function brief(indicator: Indicator): string {
  const sum = (selectors: Selector[]) => selectors.map(selectorText).join(' + ')
  if (indicator.kind === 'good-total') return `good ${sum(indicator.good)} of ${sum(indicator.total)}`
  if (indicator.kind === 'bad-total') return `bad ${sum(indicator.bad)} of ${sum(indicator.total)}`
  if (indicator.kind === 'latency') return `${selectorText(indicator.histogram)} within ${indicator.thresholdSeconds} s`
  return indicator.kind === 'ratio' ? indicator.expression : indicator.kind
}

const A = 'a{x="1"}'
const B = 'b{x="1"}'

describe('errors of total', () => {
  it.each([
    [`sum(rate(${A}[{{.window}}]))`, `sum(rate(${B}[{{.window}}]))`, `bad ${A} of ${B}`],
    [`sum(increase(${A}[{{ .window }}]))`, `sum(increase(${B}[5m]))`, `bad ${A} of ${B}`],
    [`(sum(rate(${A}[5m])))  # errors`, `sum(rate(${B}[5m]))`, `bad ${A} of ${B}`],
    [`sum(rate(${A}[5m])) or vector(0)`, `sum(rate(${B}[5m]))`, `bad ${A} of ${B}`],
    [`sum(rate(${A}[5m])) OR on() vector(0)`, `sum(rate(${B}[5m]))`, `bad ${A} of ${B}`],
    [`sum(rate(${A}[5m])) + sum(rate(c{x="1"}[5m]))`, `sum(rate(${B}[5m]))`, `bad ${A} + c{x="1"} of ${B}`],
    // errors are all but the good ones
    [`sum(rate(${B}[5m])) - sum(rate(${A}[5m]))`, `sum(rate(${B}[5m]))`, `good ${A} of ${B}`],
    [
      'sum(rate(d_seconds_count{x="1"}[5m])) - sum(rate(d_seconds_bucket{x="1",le="0.4"}[5m]))',
      'sum(rate(d_seconds_count{x="1"}[5m]))',
      'd_seconds{x="1"} within 0.4 s',
    ],
    [`sum(rate({__name__="a",x="1"}[5m]))`, `sum(rate(${B}[5m]))`, `bad ${A} of ${B}`],
    [`# errors\n# of five minutes\nsum(rate(${A}[5m]))`, `sum(rate(${B}[5m]))`, `bad ${A} of ${B}`],
    // what would not be the same sum stays a query
    [
      `sum(rate({__name__="on",x="1"}[5m]))`,
      `sum(rate(${B}[5m]))`,
      `1 - ((sum(rate({__name__="on",x="1"}[5m]))) / (sum(rate(${B}[5m]))))`,
    ],
    [`sum(rate(${A}[5m] offset 1h))`, `sum(rate(${B}[5m]))`, `1 - ((sum(rate(${A}[5m] offset 1h))) / (sum(rate(${B}[5m]))))`],
    [`max(rate(${A}[5m]))`, `sum(rate(${B}[5m]))`, `1 - ((max(rate(${A}[5m]))) / (sum(rate(${B}[5m]))))`],
    [`sum(rate(${A}[5m])) * 2`, `sum(rate(${B}[5m]))`, `1 - ((sum(rate(${A}[5m])) * 2) / (sum(rate(${B}[5m]))))`],
    [`sum(irate(${A}[5m]))`, `sum(rate(${B}[5m]))`, `1 - ((sum(irate(${A}[5m]))) / (sum(rate(${B}[5m]))))`],
    [`sum(${A})`, `sum(${B})`, `1 - ((sum(${A})) / (sum(${B})))`],
  ])('%s of %s', (bad, total, words) => expect(brief(pairOf(query(bad), query(total), 'bad').indicator)).toBe(words))

  it('bare selectors count where the format says so', () =>
    expect(brief(pairOf(query(`sum(${A})`, true), query(B, true), 'good').indicator)).toBe(`good ${A} of ${B}`))
  it('groups are named, and every series of a name is warned of', () => {
    const { grouping, notes } = pairOf(query('sum by (job) (rate(a[5m]))'), query('sum(rate(b{x!="1"}[5m])) by (job)'), 'bad')
    expect(grouping).toEqual(['job'])
    expect(notes).toEqual(['a is read without a narrowing label: every series of that name counts.'])
  })
  it('a label in quotes narrows', () => {
    const { notes } = pairOf(query('sum(rate(a{"my.label"="x"}[5m]))'), query(`sum(rate(${B}[5m]))`), 'bad')
    expect(notes).toEqual([expect.stringContaining('judged minute by minute')])
  })
})

describe('shares', () => {
  it.each<[string, 'good' | 'bad', string]>([
    [`sum(rate(${A}[window])) / sum(rate(${B}[window]))`, 'good', `good ${A} of ${B}`],
    [`sum(rate(${A}[5m])) / sum(rate(${B}[5m]))`, 'bad', `bad ${A} of ${B}`],
    [`1 - (sum(rate(${A}[5m])) / sum(rate(${B}[5m])))`, 'good', `bad ${A} of ${B}`],
    [`(increase(${A}[window]) / ignoring (le) increase(${B}[window]))`, 'good', `good ${A} of ${B}`],
    [`sum(sum_over_time(${A}[window])) / sum(count_over_time(${A}[window]))`, 'good', `boolean`],
    [`1 - (sum_over_time(${A}[5m]) / count_over_time(${A}[5m]))`, 'bad', `boolean`],
    [`sum_over_time(${A}[5m]) / count_over_time(${B}[5m])`, 'good', `sum_over_time(${A}[5m]) / count_over_time(${B}[5m])`],
    [`avg_over_time(${A}[window])`, 'good', `avg_over_time(${A}[5m])`],
    [`avg_over_time(${A}[window:])`, 'bad', `1 - (avg_over_time(${A}[5m:]))`],
  ])('%s is %s', (text, counted, words) => expect(brief(shareOf(query(text), counted).indicator)).toBe(words))
})

describe('what is no query', () => {
  it.each(['', '# nothing', 'sum(', 'sum(rate(a[5m]))) or vector(1', 'a{x="1"} b'])('%j is refused', (text) =>
    expect(readQuery(text).ok).toBe(false),
  )
  it.each([
    ['rate(a)', 'Prometheus refuses “a”: expected type range vector in call to function "rate", got instant vector.'],
    ['sum(a[5m]) / b', 'Prometheus refuses “a[5m]”: expected type instant vector in aggregation expression, got range vector.'],
    ['topk(a)', 'Prometheus refuses “topk(a)”: topk takes two arguments, a parameter and a series.'],
    ['a[5m]', 'Prometheus refuses “a[5m]”: it is a range; put it into a function, for example rate(…).'],
    ['sum(rate(a{b=~"c("}[5m]))', '“c(” is no regular expression of Prometheus (RE2): missing closing ).'],
    ['sum(rate({b!="c"}[5m]))', '{b!="c"} selects every series there is, which Prometheus refuses: name the metric.'],
    ['sum(rate(a{b=~"5\\d"}[5m]))', 'PromQL knows no “\\d” in a text: write “\\\\d” for a backslash.'],
    ['(a) offset 5m', 'Prometheus refuses “(a) offset 5m”: offset and @ stand once, directly behind a series.'],
    ['sum(rate(a{__name__="a",b="c"}[5m]))', 'a is named twice, which Prometheus refuses: leave __name__ out.'],
    ['max(a{__name__=~"a.*"})', 'a is named twice, which Prometheus refuses: leave __name__ out.'],
    ['atan2{a="b"}', '“atan2” is a word of PromQL, no name of a metric: give the metric another.'],
    ['a @ 1e100', '“@ 1e100” is no time that Prometheus knows: write seconds since 1970.'],
    ['rate(a[100000y])', '“100000y” is longer than Prometheus reads: write at most 292y.'],
    ['start()', 'Prometheus refuses “start”: start() and end() stand behind @ alone.'],
    ['(a)[5m]', 'Prometheus refuses “(a)[5m]”: a range stands directly behind a series. For any other query write [5m:].'],
  ])('%s is refused as Prometheus does', (text, reason) => expect(readQuery(text)).toEqual({ ok: false, reason }))
  it('a plain number is a part of a ratio, and no share', () => {
    expect(readQuery('scalar(sum(a))')).toMatchObject({ ok: true, query: { number: true } })
    expect(readQuery('sum(a) * 2')).toMatchObject({ ok: true, query: { number: false } })
  })
  it.each(['1', 'scalar(sum(a))', 'pi()', 'pi() / 4', 'pi() * 0 + scalar(a)', '-(time())', '# one\n(1 # one\n)'])(
    '%s is no share',
    (text) =>
      expect(readQuery(text, { whole: true })).toMatchObject({ ok: false, reason: expect.stringContaining('one number') }),
  )
  it('is not searched for in thousands of brackets', () => {
    const read = readQuery(`${'('.repeat(4_000)}a${')'.repeat(4_000)}`)
    expect(!read.ok && read.reason).toContain('more than 100 brackets deep')
  })
  it('one selector may have a comment before it', () =>
    expect(readOneSelector('# up\nup{a="b"}')).toMatchObject({ ok: true, selector: { metric: 'up' } }))
  it.each(['rate(a[5m])', 'a + b', '1', 'a{__name__="a"}', '{__name__="bool"}', 'atan2{a="b"}'])('%s is no selector', (text) =>
    expect(readOneSelector(text).ok).toBe(false),
  )
})
