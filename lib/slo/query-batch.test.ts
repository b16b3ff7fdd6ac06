import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Signal } from './measurement-plan'
import { signalKey } from './promql'
import { batchQueries, bisect } from './query-batch'

const HOW = { step: 60, dialect: 'prometheus' } as const
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

  it('packs what shares nothing, 50 at a time and never above 12 kB', () => {
    const signals: Signal[] = Array.from({ length: 120 }, (_, i) => ({ fn: 'expression', expression: `sum(metric_${i})` }))
    const queries = batchQueries(signals, HOW)
    expect(queries.length).toBe(3)
    const long: Signal[] = Array.from({ length: 50 }, (_, i) => ({
      fn: 'expression',
      expression: `sum(metric_${i}{x="${'y'.repeat(900)}"})`,
    }))
    for (const { promql } of batchQueries(long, HOW)) expect(Buffer.byteLength(promql)).toBeLessThanOrEqual(12_100)
  })

  const anySignal = fc.oneof(
    fc
      .record({ service: fc.string({ maxLength: 6 }), status: fc.constantFrom(undefined, '5..', '4..') })
      .map(({ service, status }) => counter(service, status)),
    fc
      .string({ minLength: 1, maxLength: 12 })
      .map((name): Signal => ({ fn: 'expression', expression: `vector(${JSON.stringify(name)})` })),
  )

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
