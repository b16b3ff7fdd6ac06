import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { selectorText } from './promql'
import { readExpression } from './promql-expression'
import { readMatchers, readSelector } from './promql-read'

describe('selectors', () => {
  it('are read into metric and matchers', () =>
    expect(readSelector('http_requests_total{job="a", code!~"5.."}')).toEqual({
      ok: true,
      value: {
        metric: 'http_requests_total',
        matchers: [
          { label: 'job', op: '=', value: 'a' },
          { label: 'code', op: '!~', value: '5..' },
        ],
      },
    }))
  it.each([
    ['', 'Write a query'],
    ['up', 'up alone reads every series'],
    ['up{job=~".*"}', 'up alone reads every series'],
    ['up{job!="a"}', 'up alone reads every series of that name but some'],
    ['up{job="a","my.label"="b"}', 'Write the names of labels without quotes'],
    ['up{job="a",__name__="up"}', 'up is named twice'],
    ['atan2{job="a"}', '“atan2” is a word of PromQL'],
    ['{job="a"}', 'Begin with the name of a metric'],
    ['rate(up{job="a"}[5m])', 'Write one series selector'],
    ['up{job="a"', 'ends too early'],
    ['up{job="a"} ]', 'is not PromQL from “]”'],
    [`up{job="${'x'.repeat(5000)}"}`, 'Use at most 4096'],
  ])('%s is refused', (text, words) => {
    const read = readSelector(text)
    expect(!read.ok && read.fault.message).toContain(words)
  })
  it('come back as they were written, whatever stands in a value', () => {
    const matcher = fc.record({
      label: fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/),
      op: fc.constantFrom('=' as const, '!=' as const, '=~' as const, '!~' as const),
      value: fc.string({ maxLength: 20 }),
    })
    fc.assert(
      fc.property(fc.array(matcher, { maxLength: 4 }), (more) => {
        const selector = { metric: 'm', matchers: [{ label: 'job', op: '=' as const, value: 'x' }, ...more] }
        expect(readSelector(selectorText(selector))).toEqual({ ok: true, value: selector })
      }),
    )
  })
})

describe('conditions', () => {
  it.each(['status=~"5.."', '{status=~"5.."}', ' { status=~"5.." } '])('%s', (text) =>
    expect(readMatchers(text)).toEqual({ ok: true, value: [{ label: 'status', op: '=~', value: '5..' }] }),
  )
  it('do not name the metric', () =>
    expect(readMatchers('__name__="up"')).toMatchObject({ ok: false, fault: { message: expect.stringContaining('__name__') } }))
  it.each(['', '{}', 'status', 'status=5'])('“%s” is refused with an example', (text) => {
    const read = readMatchers(text)
    expect(!read.ok && read.fault.message).toContain('status=~"5.."')
  })
})

describe('expressions', () => {
  it.each(['1 - sum(rate(a{x="1"}[5m])) / sum(rate(b{x="1"}[1d]))', 'sum(rate(a{"my.label"="x"}[5m]))'])(
    '%s passes: every series is narrowed',
    (text) => expect(readExpression(text).ok).toBe(true),
  )
  it.each([
    ['sum(rate(a[5m]))', 'a reads every series of that name.'],
    ['sum(rate(a{x!="1"}[5m]))', 'a{x!="1"} reads every series of that name but some.'],
    ['sum(rate(a{x="1"}[2d]))', 'A range of 2d would be read every minute'],
    ['avg_over_time(a{x="1"}[30d:1h])', 'A range of 30d'],
    ['sum(', 'ends too early'],
    ['0.99', 'a plain number'],
    ['scalar(sum(a{x="1"}))', 'a plain number'],
    ['-(1 - scalar(a{x="1"}))', 'a plain number'],
    ['pi() * 0 + scalar (a{x="1"})', 'a plain number'],
  ])('%s is refused', (text, words) => {
    const read = readExpression(text)
    expect(!read.ok && read.fault.message).toContain(words)
  })
})

describe('expressions that become parts of longer queries', () => {
  it.each([
    ['sum(up{a="b"}) # share', 'sum(up{a="b"})'],
    ['sum( # of all\n up{a="b"})', 'sum( \n up{a="b"})'],
    ['sum(up{a="#b"})', 'sum(up{a="#b"})'],
  ])('have no comments: %j', (written, read) => expect(readExpression(written)).toEqual({ ok: true, value: read }))

  it.each(['\r', '\u0085', '\u2028'])('have one kind of line end: a comment ends at %j as well', (end) =>
    expect(readExpression(`sum(up{a="b"}) #${end} - name: evil`)).toMatchObject({ ok: false }),
  )
})
