import { describe, expect, it } from 'vitest'
import { WORKBOOK } from '../../alert/presets'
import { sloDefinitionSchema } from '../../slo/definition-input'
import { type Portable, portableOf } from '../portable'
import { read } from '../read-fixture'
import { opensloOf } from './write'

const definition = sloDefinitionSchema.parse({
  ...{ name: 'Checkout answers', slug: 'answers', service: 'checkout', dataSource: 'prometheus', target: 0.999 },
  indicator: { kind: 'availability', requests: 'http_requests_total{job="checkout"}', failed: 'code=~"5.."' },
  window: { kind: 'rolling', days: 30 },
})
const links = { runbook: null, dashboard: null }
const portable: Portable = {
  services: [{ slug: 'checkout', name: 'Checkout', description: '', labels: {}, dependencies: ['payments'] }],
  slos: [{ definition, alerting: WORKBOOK.settings, scrapeSeconds: 15, links }],
}
const TEXT = opensloOf(portable)

function editing(from: string, to: string, text = TEXT) {
  expect(text).toContain(from)
  const { declared, faults } = read(text.replace(from, to), true)
  return { slo: portableOf(declared).slos[0], faults, said: faults.map(({ severity, path }) => `${severity} ${path}`) }
}
const annotation = (name: string) => `metadata.annotations["headroom.dev/${name}"]`

describe('the readable part of a file of the portal', () => {
  it('is what anybody can ask Prometheus, and what the SDK reads', () => {
    expect(TEXT).toContain(`query: 'sum(rate(http_requests_total{job="checkout",code=~"5.."}[5m])) or vector(0)'`)
    expect(TEXT).toContain(`query: 'sum(rate(http_requests_total{job="checkout"}[5m]))'`)
    // 2 % of 30 d within an hour: 0.02 × 720 = 14.4
    expect(TEXT).toMatch(/threshold: 14\.4\n {10}lookbackWindow: 1h\n/)
    expect(TEXT.match(/kind: AlertPolicy$/gm)).toHaveLength(4)
    expect(TEXT).not.toContain('openslo.com/')
  })
  it('may change what no annotation says', () => {
    const { slo, faults } = editing('target: 0.999', 'target: 0.99')
    expect(faults).toEqual([])
    expect(slo).toEqual({ ...portable.slos[0], definition: { ...definition, target: 0.99 } })
  })
  it('counts where a query was edited', () => {
    const { slo, said } = editing('{job="checkout",code=~"5.."}', '{job="checkout",code=~"5..|429"}')
    expect(slo?.definition.indicator).toMatchObject({
      kind: 'bad-total',
      bad: [{ matchers: [{ label: 'job' }, { label: 'code', value: '5..|429' }] }],
    })
    expect(said).toEqual([`warning ${annotation('indicator')}`])
  })
  it('counts where a threshold was edited, and the rest of the pair stays', () => {
    const { slo, said } = editing('threshold: 14.4', 'threshold: 10')
    expect(slo?.alerting?.pairs[0]).toMatchObject({ long: 3_600, at: { burn: 10 }, minFailures: 5 })
    expect(slo?.alerting?.pairs[1]).toEqual(WORKBOOK.settings.pairs[1])
    expect(said).toEqual([`warning ${annotation('pair')}`])
  })
  it('counts where the name was edited, and a new service keeps it', () => {
    expect(editing('name: checkout-answers', 'name: other').slo?.definition.slug).toBe('other')
    expect(editing('service: checkout', 'service: till').slo?.definition).toMatchObject({ service: 'till', slug: 'answers' })
  })
  it('has one pair less without its policy', () => {
    const policy = TEXT.split('\n').find((line) => line.includes('alertPolicyRef: checkout-page-1h')) as string
    expect(editing(`${policy}\n`, '').slo?.alerting?.pairs.map(({ long }) => long)).toEqual([21_600, 86_400, 259_200])
  })
  it('keeps a long name while its beginning is there', () => {
    const long = opensloOf({
      ...portable,
      slos: portable.slos.map((slo) => ({ ...slo, definition: { ...definition, name: 'ab '.repeat(26).trim() } })),
    })
    expect(editing("displayName: 'ab", "displayName: 'cd", long).slo?.definition.name).toMatch(/^cd ab .*…$/)
  })
})

describe('an annotated indicator', () => {
  const both = (from: string, to: string) => TEXT.replaceAll(from, to)
  it.each([
    ['code', '__name__', 'http_requests_total is named twice'],
    ['http_requests_total', 'offset', '“offset” is a word of PromQL'],
    ['5..', '(', '“(” is no regular expression'],
  ])('is refused where Prometheus would: %s as %s', (from, to, reason) => {
    const { faults } = read(both(from, to), true)
    expect(faults).toContainEqual(
      expect.objectContaining({ severity: 'error', path: annotation('indicator'), reason: expect.stringContaining(reason) }),
    )
  })
  it('that only VictoriaMetrics reads is kept, and known for it', () => {
    const metricsql = 'sum(rate(a{x="1" or x="2"}[5m])) keep_metric_names'
    const text = opensloOf({
      ...portable,
      slos: portable.slos.map((slo) => ({
        ...slo,
        definition: { ...definition, indicator: { kind: 'ratio', expression: metricsql } },
      })),
    })
    const { declared, faults } = read(text, true)
    expect(declared.slos).toMatchObject([{ metricsql: true, indicator: { expression: metricsql } }])
    expect(faults).toMatchObject([{ severity: 'warning', reason: expect.stringContaining('This is checked by nobody') }])
  })
})

describe('an annotation of the portal that cannot be read', () => {
  const line = /headroom\.dev\/scrape-seconds: '15'/.exec(TEXT)?.[0] as string
  it.each([
    ["headroom.dev/scrape-seconds: 'fifteen'", 'scrape-seconds', 'This annotation cannot be read: This is no JSON.'],
    ["headroom.dev/scrape-seconds: '-1'", 'scrape-seconds', 'cannot be read: Too small'],
    ['headroom.dev/no-data-policy: perhaps', 'no-data-policy', 'Write one of ignore, count_as_good, count_as_bad.'],
    [`headroom.dev/links: '{"runbook": 5}'`, 'links', 'cannot be read, at runbook: '],
    ["headroom.dev/alerting: 'off'", 'alerting', 'Write none, or the settings of the policy as JSON.'],
  ])('%s', (written, name, reason) => {
    const { slo, faults } = editing(line, written)
    expect(slo).toBeUndefined()
    expect(faults[0]).toMatchObject({ severity: 'error', path: annotation(name), reason: expect.stringContaining(reason) })
    expect(faults[0]?.line).toBeGreaterThan(1)
  })
  it('is only a warning where there is none of that name', () => {
    const { faults } = editing(line, "headroom.dev/scrape-second: '15'")
    expect(faults).toMatchObject([{ severity: 'warning', suggestion: 'Did you mean scrape-seconds?' }])
  })
  it('is a warning as before where it belongs to others', () => {
    expect(editing(line, 'example.org/owner: me').faults).toMatchObject([{ severity: 'warning', path: 'metadata.annotations' }])
  })
})

describe('a composite whose members are written with it', () => {
  const members = ['answers', 'fast'].map((slo, i) => ({ service: 'checkout', slo, weight: i + 1 }))
  const one = portable.slos[0] as Portable['slos'][number]
  const indicator = { kind: 'composite' as const, rule: 'weighted-mean' as const, late: 'wait' as const, members }
  const throughput = { kind: 'throughput' as const, events: { metric: 'orders_total', matchers: [] }, floorPerSecond: 3 }
  const journey: Portable = {
    ...portable,
    slos: [
      one,
      { ...one, definition: { ...definition, slug: 'fast', indicator: throughput } },
      { ...one, definition: { ...definition, slug: 'buy', indicator } },
    ],
  }
  const text = opensloOf(journey)
  it('is an SLO whose objectives name their indicators', () => {
    expect(text.match(/^kind: SLI$/gm)).toHaveLength(2)
    expect(text).toMatch(/indicatorRef: checkout-fast\n {6}op: gte\n {6}value: 3\n {6}target: 0\.999\n {6}compositeWeight: 2/)
    const { declared, faults } = read(text, true)
    expect(faults).toEqual([])
    expect(portableOf(declared)).toEqual(journey)
  })
  it('has the source of its members where it names none', () => {
    const bare = text.replaceAll(/^ {4}headroom\.dev\/data-source: .*\n/gm, '')
    expect(bare).not.toBe(text)
    expect(read(bare, true).declared.slos.map(({ source }) => source)).toEqual(['prometheus', 'prometheus', 'prometheus'])
  })
  it('is read as far as OpenSLO goes where its weights were edited', () => {
    expect(text).toContain('compositeWeight: 2')
    const { declared, faults } = read(text.replace('compositeWeight: 2', 'compositeWeight: 5'), true)
    expect(faults[0]).toMatchObject({ severity: 'warning', path: annotation('indicator') })
    expect(declared.slos.find(({ indicator: found }) => found?.kind === 'composite')?.indicator).toMatchObject({
      members: [{ weight: 1 }, { weight: 5 }],
    })
  })
  it('is a query over recorded series where its rule is none of OpenSLO', () => {
    const worst = {
      ...journey,
      slos: journey.slos.map((slo) =>
        slo.definition.slug === 'buy'
          ? { ...slo, definition: { ...slo.definition, indicator: { ...indicator, rule: 'worst-of' as const } } }
          : slo,
      ),
    }
    expect(opensloOf(worst)).toContain('query: min((1 - headroom:slo_bad:count1m'.replace('query: ', "query: '"))
    expect(portableOf(read(opensloOf(worst), true).declared)).toEqual(worst)
  })
})
