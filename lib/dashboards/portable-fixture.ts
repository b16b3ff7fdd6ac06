import fc from 'fast-check'
import { TWO_TIER, WORKBOOK } from '../alert/presets'
import type { SloDefinitionRecord } from '../slo/definition-input'
import type { Portable, PortableService, PortableSlo } from '../slo-as-code/portable'

const selector = { metric: 'requests_total', matchers: [] }
const DEFINITION: SloDefinitionRecord = {
  ...{ slug: 'availability', name: 'Availability', description: '', service: 'checkout', dataSource: 'prometheus' },
  indicator: { kind: 'custom-ratio', good: [selector], total: [selector] } as unknown as SloDefinitionRecord['indicator'],
  ...{ method: 'occurrences', sliceTarget: null, target: 0.999, window: { kind: 'rolling', days: 30 } },
  ...{ noDataPolicy: 'ignore', coverageFloor: 0.9, minEvents: 0, gating: false, objectiveGroup: null, labels: {} },
}

export const portableSlo = (
  definition: Partial<SloDefinitionRecord> = {},
  more: Partial<Omit<PortableSlo, 'definition'>> = {},
): PortableSlo => ({
  definition: { ...DEFINITION, ...definition },
  ...{ alerting: WORKBOOK.settings, scrapeSeconds: 15, links: { runbook: null, dashboard: null } },
  ...more,
})

export const portableService = (slug: string, dependencies: string[] = [], name = slug): PortableService => ({
  ...{ slug, name, description: '', labels: {}, dependencies },
})

const slug = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,12}){0,4}$/)
const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.constantFrom('Costs $service', '[[slo]] “fast”', '$datasource'),
)
const link = fc.oneof(
  fc.constant(null),
  fc.webUrl(),
  fc.constantFrom('javascript:alert(1)', 'https://x.example/$slo', 'no address'),
)
const slo = fc.record({
  ...{ slug, name, link },
  days: fc.integer({ min: 1, max: 366 }),
  target: fc.constantFrom(0.9, 0.99, 0.999, 0.9995, 0.99999),
  alerting: fc.constantFrom(WORKBOOK.settings, TWO_TIER.settings, null),
  calendar: fc.boolean(),
})
const service = fc.record({ slug, name, slos: fc.uniqueArray(slo, { maxLength: 4, selector: (one) => one.slug }) })

/** Whatever the portal or files may hold. */
export const anyPortable: fc.Arbitrary<Portable> = fc
  .uniqueArray(service, { maxLength: 5, selector: (one) => one.slug })
  .map((services) => ({
    services: services.map((one) => portableService(one.slug, [], one.name)),
    slos: services.flatMap((one) =>
      one.slos.map(({ days, calendar, alerting, link: runbook, ...rest }) =>
        portableSlo(
          {
            ...{ slug: rest.slug, name: rest.name, target: rest.target, service: one.slug },
            window: calendar ? { kind: 'calendar', unit: 'month', timeZone: 'Europe/Berlin' } : { kind: 'rolling', days },
          },
          { alerting, links: { runbook, dashboard: runbook } },
        ),
      ),
    ),
  }))
