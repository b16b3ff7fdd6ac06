import { describe, expect, it } from 'vitest'
import { portableOf } from '../portable'
import { read } from '../read-fixture'
import { KEPT as SLO } from './openslo-fixture'
import { opensloOf } from './write'

/** What the portal keeps of a composite is less than the format allows: what is written is always read again. */

const indicator = SLO.slice(SLO.indexOf('  indicator:'), SLO.indexOf('  timeWindow'))
const part = (weight: number, i: number) =>
  `    - target: 0.99\n      displayName: part ${i}\n      compositeWeight: ${weight}\n${indicator.replaceAll(/^/gm, '    ').trimEnd()}\n`
const composite = (weights: number[]) =>
  `${SLO.replace(indicator, '').replace(/ {2}objectives[\s\S]*/, '')}  objectives:\n${weights.map(part).join('')}`
const told = (text: string) => {
  const { declared, faults } = read(text)
  const said = faults.map(({ severity, path, reason, suggestion }) => [severity, path, reason, suggestion])
  return { declared, said }
}
const counted = (n: number) => [
  'warning',
  'spec.objectives',
  expect.stringContaining(`weighted-mean of its ${n} objectives`),
  undefined,
]

describe('a composite', () => {
  it.each([
    ['of 20 objectives', Array<number>(20).fill(1)],
    ['of weights up to 1000', [1_000, 0.001]],
  ])('%s is read, written and read again', (_, weights) => {
    const { declared, said } = told(composite(weights))
    expect(said).toEqual([counted(weights.length)])
    const again = read(opensloOf(portableOf(declared)), true)
    expect(again.faults).toEqual([])
    expect(portableOf(again.declared).slos).toEqual(portableOf(declared).slos)
  })
  it.each([
    ['the same source', ['victoria', 'victoria'], 'victoria'],
    ['several', ['victoria', 'thanos'], 'victoria'],
    ['none, and one', [null, 'thanos'], 'thanos'],
    ['none', [null, null], null],
  ])('of parts that name %s has one as well', (_, sources, source) => {
    const parts = sources.map((one, i) =>
      part(1, i).replaceAll('type: Prometheus', one ? `metricSourceRef: ${one}` : 'type: Prometheus'),
    )
    const { declared } = read(composite([]) + parts.join(''))
    expect(declared.slos.map((slo) => slo.source)).toEqual([...sources, source])
  })
  it('of more is refused at the list of them', () =>
    expect(told(composite(Array<number>(21).fill(1))).said).toEqual([
      [
        'error',
        'spec.objectives',
        'The composite cannot be kept: it has 21 objectives, and at most 20 are taken.',
        'Split it into SLOs with at most 20 objectives each.',
      ],
    ]))
  it('of weights that are too large is refused at each of them', () => {
    const fault = (i: number, weight: number) => [
      'error',
      `spec.objectives[${i}].compositeWeight`,
      `The composite cannot be kept: a weight is at most 1000, and this is ${weight}.`,
      'Divide the weights of all objectives by the same number.',
    ]
    expect(told(composite([1e9, 1, 1_001])).said).toEqual([fault(0, 1e9), fault(2, 1_001)])
  })
})
