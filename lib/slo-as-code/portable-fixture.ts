import fc from 'fast-check'
import { alertPolicySchema } from '../alert/alert-policy'
import { oneLine, withoutStrange } from '../printable'
import { SERVICE_KINDS, TIERS } from '../service/tier'
import { COMPOSITE_RULES, LATE_POLICIES } from '../slo/composite'
import { sloDefinitionSchema } from '../slo/definition-input'
import { ERROR_CLASSES, type Indicator } from '../slo/indicator'
import { LOOKBACKS } from '../slo/lookback'
import { BUDGETING_METHODS, NO_DATA_POLICIES } from '../slo/objective'
import { escapedRegex } from '../slo/regex'
import { CALENDAR_UNITS } from '../slo/window'
import type { Portable, PortableService, PortableSlo } from './portable'

/** Whatever the portal may hold, however strange: for properties of what goes out. */

const slug = fc.stringMatching(/^[a-z0-9]{1,12}(-[a-z0-9]{1,12}){0,4}$/).filter((text) => text.length <= 60)
const long = fc.constant('a-very-long-name-of-sixty-letters-that-fills-everything-it-c')
const anySlug = fc.oneof({ weight: 9, arbitrary: slug }, { weight: 1, arbitrary: long })
const text = (max: number) =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: max }),
      fc.string({ unit: 'binary', maxLength: max }),
      fc.constantFrom(
        'null',
        'yes',
        '1e3',
        '0x10',
        '- a',
        'a: b',
        '#',
        '{{.window}}',
        "it's",
        '"',
        '\\',
        'a\nb',
        '2024-01-01',
        '~',
        '|',
        '…',
      ),
    )
    .map((written) => withoutStrange(written).trim().slice(0, max))
    .filter((written) => !/<[a-z!/]/i.test(written) && !/[\ud800-\udbff]$/.test(written))
const filled = (max: number) => text(max).filter((written) => written !== '')
const anyName = filled(80).map(oneLine)
const sometimes = <T>(value: fc.Arbitrary<T>, otherwise: T) => fc.oneof(fc.constant(otherwise), value)

const labelName = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,10}$/)
const anyText = fc.string({ maxLength: 20 })
const pattern = fc.oneof(anyText.map(escapedRegex), fc.constantFrom('5..', 'a|b', '.+', '(?i)a', '[a-z]{2}', '\\d+', ''))
const matcher = fc.oneof(
  fc.record({ label: labelName, op: fc.constantFrom('=', '!='), value: anyText }),
  fc.record({ label: labelName, op: fc.constantFrom('=~', '!~'), value: pattern }),
)
const metric = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,20}$/)
const selector = fc.record({ metric, matchers: fc.array(matcher, { maxLength: 3 }) })
const selectors = fc.array(selector, { minLength: 1, maxLength: 3 })
const matchers = fc.array(matcher, { minLength: 1, maxLength: 3 })
const positive = fc.oneof(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 100 }))
const excluded = sometimes<{ label: string; values: string[] } | undefined>(
  fc.record({ label: labelName, values: fc.array(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 3 }) }),
  undefined,
)
const member = fc.record({ service: anySlug, slo: anySlug, weight: positive.filter((weight) => weight <= 1_000) })

const KINDS: { [K in Indicator['kind']]: fc.Arbitrary<object> } = {
  availability: fc.record({ requests: selector, failed: matchers, excluded }),
  latency: fc.record({
    histogram: selector,
    thresholdSeconds: positive,
    native: fc.option(fc.boolean(), { nil: undefined }),
    excluded,
  }),
  'error-rate': fc.record({ requests: selector, errorClass: fc.constantFrom(...ERROR_CLASSES), failed: matchers, excluded }),
  throughput: fc.record({ events: selector, floorPerSecond: positive }),
  quality: fc.record({ responses: selector, degraded: matchers, excluded }),
  'freshness-batches': fc.record({ batches: selector, late: matchers }),
  'freshness-age': fc.record({ timestamp: selector, limitSeconds: positive }),
  completeness: fc.record({ processed: selector, expected: selector }),
  'good-total': fc.record({ good: selectors, total: selectors }),
  'bad-total': fc.record({ bad: selectors, total: selectors }),
  ratio: fc.record({
    expression: fc.constantFrom(
      'a{b="c"} / d{e="f"}',
      'up{job="x"}',
      'avg(\n  up{job="x"}\n)',
      '1 - (rate(a{b="c"}[5m]))',
      'up{job="ä\\n"}',
    ),
  }),
  boolean: fc.record({ series: selector }),
  composite: fc.record({
    rule: fc.constantFrom(...COMPOSITE_RULES),
    late: fc.constantFrom(...LATE_POLICIES),
    members: fc.uniqueArray(member, { minLength: 2, maxLength: 5, selector: ({ service, slo }) => `${service}/${slo}` }),
  }),
}

const indicator = fc.oneof(...Object.entries(KINDS).map(([kind, rest]) => rest.map((parts) => ({ kind, ...parts }))))
const labels = fc.dictionary(
  fc.oneof(fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_-]{0,20}$/), fc.constantFrom('null', 'yes', 'constructor', 'y')),
  filled(100),
  { maxKeys: 4 },
)
const window = fc.oneof(
  fc.record({ kind: fc.constant('rolling'), days: fc.integer({ min: 1, max: 366 }) }),
  fc.record({
    kind: fc.constant('calendar'),
    unit: fc.constantFrom(...CALENDAR_UNITS),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Asia/Kolkata', 'us/pacific', 'PST'),
  }),
)
const share = fc.oneof(fc.constantFrom(0.99, 0.999, 0.9999, 0.95), fc.double({ min: 1e-6, max: 0.9999999, noNaN: true }))

const definition = (service: string) =>
  fc
    .record({
      ...{
        name: anyName,
        slug: anySlug,
        description: sometimes(text(2_000), 'd'.repeat(1_900)),
        service: fc.constant(service),
      },
      ...{ dataSource: fc.oneof(slug, filled(60)), indicator, method: fc.constantFrom(...BUDGETING_METHODS) },
      ...{ sliceTarget: sometimes<number | null>(share, null), target: share, window },
      ...{ noDataPolicy: fc.constantFrom(...NO_DATA_POLICIES), coverageFloor: sometimes(share, 0.9) },
      ...{ minEvents: sometimes(fc.nat(), 0), gating: fc.boolean(), labels },
      objectiveGroup: sometimes<string | null>(text(60), null),
    })
    .map((written) => sloDefinitionSchema.safeParse(written))
    .filter(({ success }) => success)
    .map(({ data }) => data as PortableSlo['definition'])

const pair = fc
  .record({
    long: fc.constantFrom(...Object.values(LOOKBACKS)),
    short: fc.option(fc.constantFrom(...Object.values(LOOKBACKS)), { nil: undefined }),
    severity: fc.constantFrom('page', 'ticket'),
    at: fc.oneof(fc.record({ share }), fc.record({ burn: fc.double({ min: 1e-3, max: 1e6, noNaN: true }) })),
    ...{ minFailures: sometimes(fc.nat(1_000), 5), minEvents: sometimes(fc.nat(1_000), 0), for: sometimes(fc.nat(86_400), 120) },
  })
  .filter(({ long: one, short: other }) => one !== other && (one > LOOKBACKS.m5 || other !== undefined))
const alerting = fc
  .record({
    pairs: fc.array(pair, { minLength: 1, maxLength: 4 }),
    ...{ keepFiring: sometimes(fc.nat(86_400), 120), clearBelow: sometimes(share, 1) },
    ...{ suppressByDependency: fc.boolean(), silenceInMaintenance: fc.boolean() },
  })
  .map((written) => alertPolicySchema.safeParse(written))
  .filter(({ success }) => success)
  .map(({ data }) => data as NonNullable<PortableSlo['alerting']>)

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const address = fc.option(fc.webUrl(), { nil: null })
const sloOf = (service: string): fc.Arbitrary<PortableSlo> =>
  fc.record({
    definition: definition(service),
    alerting: fc.option(alerting, { nil: null, freq: 5 }),
    alertingUnsaid: fc.constantFrom(true, undefined),
    scrapeSeconds: fc.constantFrom(60, 15, 30, 300),
    links: fc.record({ runbook: address, dashboard: address }),
    budgetPolicy: maybe(anySlug),
  })

const serviceOf = (own: string): fc.Arbitrary<PortableService> =>
  fc.record({
    ...{ slug: fc.constant(own), name: anyName, description: text(2_000), labels },
    dependencies: fc.uniqueArray(anySlug, { maxLength: 3 }),
    ...{ team: maybe(anySlug), tier: maybe(fc.constantFrom(...TIERS)), kind: maybe(fc.constantFrom(...SERVICE_KINDS)) },
    timeZone: maybe(fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu')),
    links: maybe(fc.record({ runbook: address, dashboard: address, repository: address })),
  })

/** Services with their SLOs. */
export const anyPortable: fc.Arbitrary<Portable> = fc.uniqueArray(anySlug, { minLength: 1, maxLength: 2 }).chain((slugs) =>
  fc.record({
    services: fc.tuple(...slugs.map(serviceOf)),
    slos: fc
      .tuple(
        ...slugs.map((one) => fc.uniqueArray(sloOf(one), { minLength: 1, maxLength: 3, selector: (slo) => slo.definition.slug })),
      )
      .map((lists) => lists.flat()),
  }),
)
