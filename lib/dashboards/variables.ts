import { BURN_ALERT, SERIES } from '../prometheus-rules/names'
import { quoted } from '../slo/promql'
import type { Annotation, Variable } from './model'
import { CHOSEN } from './panels'
import type { Scope } from './series'
import { STATE_COLOURS } from './states'

const SOURCE: Variable = {
  ...{ type: 'datasource', name: 'datasource', label: 'Source', description: 'The Prometheus that evaluates the rules' },
  ...{ hide: 0, refresh: 1, query: 'prometheus', regex: '', sort: 0, multi: false, includeAll: false, options: [] },
  current: { selected: true, text: 'default', value: 'default' },
}

/** Everything that is recorded, rather than a list that is old tomorrow; all of it stays one short matcher. */
const several = (name: string, label: string, description: string, query: string): Variable => ({
  ...{ type: 'query', name, label, description, hide: 0, refresh: 2, datasource: CHOSEN },
  ...{ query: { query, refId: name, qryType: 1 }, regex: '', sort: 1, multi: true, includeAll: true },
  ...{ allValue: '.+', current: { selected: true, text: ['All'], value: ['$__all'] }, options: [] },
})

export const overviewVariables = (): Variable[] => [
  SOURCE,
  several('service', 'Service', 'One, several or all services', `label_values(${SERIES.info}, service)`),
]
export const serviceVariables = (service: string): Variable[] => [
  SOURCE,
  several('slo', 'SLO', 'One, several or all of its SLOs', `label_values(${SERIES.info}{service=${quoted(service)}}, slo)`),
]

export const annotations = ({ slos }: Scope): Annotation[] => [
  {
    ...{ name: 'Annotations & Alerts', enable: true, hide: true, iconColor: 'rgba(0, 211, 255, 1)', builtIn: 1 },
    ...{ type: 'dashboard', datasource: { type: 'grafana', uid: '-- Grafana --' } },
  },
  {
    ...{ name: 'Pages', enable: true, hide: false, iconColor: STATE_COLOURS.critical, datasource: CHOSEN },
    target: {
      ...{ refId: 'Anno', datasource: CHOSEN, interval: '60s' },
      expr: `max by (service, slo) (ALERTS{alertname="${BURN_ALERT}",alertstate="firing",severity="page",${slos}})`,
    },
    ...{ titleFormat: 'Page: {{service}} / {{slo}}', textFormat: '', useValueForTime: false },
  },
]
