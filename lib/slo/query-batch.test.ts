import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Matcher } from './indicator'
import type { Signal } from './measurement-plan'
import { signalKey } from './promql'
import { type BatchQuery, batchQueries, bisect } from './query-batch'

const HOW = { step: 60, dialect: 'prometheus' } as const
/** reads 16 KB at most */
const SHORT = { step: 60, dialect: 'victoriametrics' } as const
const counter = (service: string, status?: string): Signal => ({
  fn: 'increase',
  selector: {
    metric: 'http_requests_total',
    matchers: [
      { label: 'service', op: '=', value: service },
      ...(status ? [{ label: 'status', op: '=~' as const, value: status }] : []),
    ],
  },
})

describe('batchQueries', () => {
  it('asks one grouped question for what differs in one label', () => {
    const signals = Array.from({ length: 200 }, (_, i) => [counter(`s${i}`), counter(`s${i}`, '5..')]).flat()
    expect(batchQueries(signals, HOW)).toHaveLength(2)
  })

  /** some of the events of a service, as a plan asks for them */
  const partOf = (service: string, op: Matcher['op'], value: string): Signal => {
    const { selector } = counter(service) as Extract<Signal, { fn: 'increase' }>
    const matchers = [...selector.matchers, { label: 'status', op, value }]
    return { fn: 'increase', selector: { ...selector, matchers }, within: selector }
  }

  it('reads counters once for all events and those of them that one more matcher tells', () => {
    const services = Array.from({ length: 20 }, (_, i) => `s${i}`)
    const [query, ...more] = batchQueries(
      services.flatMap((s) => [counter(s), partOf(s, '=~', '5..')]),
      HOW,
    )
    expect(more).toEqual([])
    expect(query?.signals).toHaveLength(40)
    const [all, part] = [signalKey(counter('s7')), signalKey(partOf('s7', '=~', '5..'))]
    expect(query?.keysOf({ service: 's7' })).toEqual([all])
    expect(query?.keysOf({ service: 's7', headroom_part: '1' })).toEqual([all, part])
    expect(query?.keysOf({ service: 'another' })).toEqual([])
  })

  it('takes the rest where a matcher says what events are not', () => {
    const [query] = batchQueries([counter('a'), partOf('a', '!~', '2..')], HOW)
    const [all, part] = [signalKey(counter('a')), signalKey(partOf('a', '!~', '2..'))]
    expect(query?.keysOf({ headroom_signal: '0' })).toEqual([all, part])
    expect(query?.keysOf({ headroom_signal: '0', headroom_part: '1' })).toEqual([all])
  })

  it('asks for a second part of the same events apart, and for a part alone where nobody asks for all', () => {
    const parts = [partOf('a', '=~', '5..'), partOf('a', '=', '504')]
    const [query] = batchQueries([counter('a'), ...parts], HOW)
    expect(query?.keysOf({ headroom_signal: '0', headroom_part: '1' })).toEqual(
      [counter('a'), parts[0]].map((s) => signalKey(s as Signal)),
    )
    expect(query?.keysOf({ headroom_signal: '1' })).toEqual([signalKey(parts[1] as Signal)])
    expect(batchQueries(parts.slice(0, 1), HOW)[0]?.promql).not.toContain('headroom_part')
  })

  it('packs what shares nothing, 50 at a time and never above what a source reads', () => {
    const signals: Signal[] = Array.from({ length: 120 }, (_, i) => ({ fn: 'expression', expression: `sum(metric_${i})` }))
    const queries = batchQueries(signals, HOW)
    expect(queries.length).toBe(3)
    const long: Signal[] = Array.from({ length: 50 }, (_, i) => ({
      fn: 'expression',
      expression: `sum(metric_${i}{x="${'y'.repeat(900)}"})`,
    }))
    for (const { promql } of batchQueries(long, SHORT)) expect(Buffer.byteLength(promql)).toBeLessThanOrEqual(12_100)
  })

  const anySignal = fc.oneof(
    fc
      .record({ service: fc.string({ maxLength: 6 }), status: fc.constantFrom(undefined, '5..', '4..') })
      .map(({ service, status }) => counter(service, status)),
    fc
      .record({
        service: fc.constantFrom('a', 'b', 'c'),
        op: fc.constantFrom('=' as const, '!=' as const),
        value: fc.constantFrom('x', '5'),
      })
      .map(({ service, op, value }) => partOf(service, op, value)),
    fc
      .string({ minLength: 1, maxLength: 12 })
      .map((name): Signal => ({ fn: 'expression', expression: `vector(${JSON.stringify(name)})` })),
  )

  it('keeps grouped questions below 12 kB too', () => {
    const signals = Array.from({ length: 300 }, (_, i) => counter(`${'a-long-name-of-a-service-'.repeat(2)}${i}`))
    const queries = batchQueries(signals, SHORT)
    expect(queries.length).toBeGreaterThan(1)
    for (const { promql } of queries) expect(promql.length).toBeLessThanOrEqual(12_000)
    expect(queries.flatMap((query) => query.signals)).toHaveLength(300)
  })

  it('does not take an equality for a regular expression that is written alike', () => {
    const of = (service: string, op: '=' | '=~', value: string): Signal => ({
      fn: 'increase',
      selector: {
        metric: 'r',
        matchers: [
          { label: 'service', op: '=', value: service },
          { label: 'a', op, value },
        ],
      },
    })
    expect(batchQueries([of('x', '=', '~b'), of('y', '=~', 'b')], HOW)[0]?.promql).toContain('label_replace')
  })

  /** Signals over few labels and values, so that many are the same question in another order or share all but one label. */
  const matcher = fc.record({
    label: fc.constantFrom('service', 'status', 'route'),
    op: fc.constantFrom('=' as const, '=~' as const, '!=' as const),
    value: fc.constantFrom('x', 'y', '5..'),
  })
  const inBothOrders = fc
    .record({
      fn: fc.constantFrom('increase' as const, 'age' as const),
      matchers: fc.uniqueArray(matcher, { maxLength: 3, selector: (m) => m.label }),
    })
    .map(({ fn, matchers }): Signal[] =>
      [matchers, matchers.toReversed()].map((order) => ({ fn, selector: { metric: 'r', matchers: order } })),
    )

  /** The labels a source would put on its answer to one signal of a query. */
  function answered({ promql, signals }: BatchQuery, signal: Signal): Record<string, string> {
    const pivot = / by \((\w+)\) /.exec(promql)?.[1]
    if (!pivot || promql.startsWith('label_replace')) return { headroom_signal: String(signals.indexOf(signal)) }
    const { matchers } = (signal as Exclude<Signal, { fn: 'expression' }>).selector
    return { [pivot]: matchers.find(({ label }) => label === pivot)?.value ?? '' }
  }

  it('finds the answer of every signal, in whatever order its matchers were written', () => {
    fc.assert(
      fc.property(fc.array(inBothOrders, { maxLength: 30 }), (pairs) => {
        const signals = pairs.flat()
        const found = batchQueries(signals, HOW).flatMap((query) =>
          query.signals.map((signal) => {
            const keys = query.keysOf(answered(query, signal))
            expect(keys).toEqual([signalKey(signal)])
            return keys[0]
          }),
        )
        for (const signal of signals) expect(found.filter((key) => key === signalKey(signal))).toHaveLength(1)
      }),
    )
  })

  it('asks for every signal exactly once, also after halving until nothing is left to halve', () => {
    fc.assert(
      fc.property(fc.array(anySignal, { maxLength: 80 }), (signals) => {
        const wanted = [...new Set(signals.map(signalKey))].sort()
        const asked = batchQueries(signals, HOW)
        const keys = (queries: typeof asked) => queries.flatMap((query) => query.signals.map(signalKey)).sort()
        expect(keys(asked)).toEqual(wanted)
        let queries = asked
        for (let round = 0; round < 10; round += 1)
          queries = queries.flatMap((query) => (query.signals.length > 1 ? bisect(query, HOW) : [query]))
        expect(keys(queries)).toEqual(wanted)
        expect(queries.every((query) => query.signals.length === 1)).toBe(true)
      }),
    )
  })
})
