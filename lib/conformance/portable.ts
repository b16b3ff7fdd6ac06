import { WORKBOOK } from '../alert/presets'
import type { Portable, PortableSlo } from '../slo-as-code/portable'
import type { Scenario } from './scenario'

export const SERVICE = 'conformance'

/** Scenarios as what goes out of the portal. */
export const portable = (scenarios: Scenario[]): Portable => ({
  services: [{ slug: SERVICE, name: 'Conformance', description: '', labels: {}, dependencies: [] }],
  slos: scenarios.map(sloOf),
})

const sloOf = ({ slug, about, target, days, indicator, scrape }: Scenario): PortableSlo => ({
  definition: {
    ...{ slug, name: slug, description: about, service: SERVICE, dataSource: 'prometheus', indicator, target },
    ...{ method: 'occurrences', sliceTarget: null, window: { kind: 'rolling', days }, noDataPolicy: 'ignore' },
    ...{ coverageFloor: 0.9, minEvents: 0, gating: false, objectiveGroup: null, labels: {} },
  },
  alerting: WORKBOOK.settings,
  scrapeSeconds: scrape,
  links: { runbook: null, dashboard: null },
})

/** The same SLO after somebody gave it one more label. */
export const labelled = ({ services, slos }: Portable): Portable => ({
  services,
  slos: slos.map((slo) => ({ ...slo, definition: { ...slo.definition, labels: { team: 'payments' } } })),
})
