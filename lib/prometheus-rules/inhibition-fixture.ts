import { WORKBOOK } from '../alert/presets'
import { portableService, portableSlo } from '../dashboards/portable-fixture'
import type { Portable } from '../slo-as-code/portable'

/** Services by what they need; each has the SLO “a”, which listens to them unless its service is among the deaf. */
export const needing = (needs: Record<string, string[]>, deaf: string[] = []): Portable => ({
  services: Object.entries(needs).map(([slug, needed]) => portableService(slug, needed)),
  slos: Object.keys(needs).map((service) =>
    portableSlo({ service, slug: 'a' }, { alerting: { ...WORKBOOK.settings, suppressByDependency: !deaf.includes(service) } }),
  ),
})

export type Labels = Record<string, string>
export const firing = (severity: 'page' | 'ticket', service: string, slo = 'a', alertname = 'SLOBudgetBurn'): Labels => ({
  ...{ alertname, severity, service, slo, long: severity === 'page' ? '1h' : '72h', short: severity === 'page' ? '5m' : '6h' },
})
/** "page web/a" */
export const nameOf = ({ alertname, severity, service, slo }: Labels): string =>
  `${alertname === 'SLOBudgetBurn' ? severity : alertname} ${service}/${slo}`

/** What fires together, and which of it nobody is told of. */
export const SITUATIONS: { what: string; portable: Portable; alerts: Labels[]; mute: string[] }[] = [
  {
    what: 'the page of an SLO mutes its ticket, and no other',
    portable: needing({ web: [] }),
    alerts: [firing('page', 'web'), firing('ticket', 'web'), firing('ticket', 'web', 'b')],
    mute: ['ticket web/a'],
  },
  {
    what: 'a page mutes what needs it, not what it needs',
    portable: needing({ web: ['db'], db: ['disk'], disk: [] }),
    alerts: [firing('page', 'web'), firing('ticket', 'web', 'b'), firing('page', 'db'), firing('page', 'disk', 'b')],
    mute: ['page db/a', 'page web/a', 'ticket web/b'],
  },
  {
    what: 'through a service that does not fire, or has no SLO',
    portable: { ...needing({ web: ['api'], api: ['bus'], bus: ['db'], db: [] }), slos: needing({ web: [], db: [] }).slos },
    alerts: [firing('page', 'web'), firing('page', 'db')],
    mute: ['page web/a'],
  },
  {
    what: 'a ticket above mutes nothing',
    portable: needing({ web: ['db'], db: [] }),
    alerts: [firing('page', 'web'), firing('ticket', 'db')],
    mute: [],
  },
  {
    what: 'SLOs whose policy does not listen are told of',
    portable: needing({ web: ['db'], db: [] }, ['web']),
    alerts: [firing('page', 'web'), firing('page', 'db')],
    mute: [],
  },
  {
    what: 'absent data mutes nothing, and is not mute',
    portable: needing({ web: ['db'], db: [] }),
    alerts: [firing('ticket', 'web', 'a', 'SLODataAbsent'), firing('ticket', 'db', 'a', 'SLODataAbsent'), firing('page', 'db')],
    mute: [],
  },
  {
    what: 'in a circle one is told of, and tickets are mute',
    portable: needing({ a: ['b'], b: ['c'], c: ['a'] }),
    alerts: [firing('page', 'b'), firing('page', 'c'), firing('ticket', 'a', 'b')],
    mute: ['page c/a', 'ticket a/b'],
  },
]
