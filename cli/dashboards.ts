import { dashboardFile, dashboardsOf, dashboardText } from '../lib/dashboards/dashboards'
import { address, OVERVIEW_UID, serviceUid } from '../lib/dashboards/links'
import type { Dashboard } from '../lib/dashboards/model'
import { portableOf } from '../lib/slo-as-code/portable'
import { EXIT, readDefinitions, usage } from './definitions'
import { complain } from './rules'
import { writeOut } from './write-out'

export type DashboardsOptions = { out?: string; service?: string; overview?: boolean; portal?: string; format?: string }

/** Writes dashboards of Grafana for definitions of SLOs, and returns the exit code. */
export function dashboards(paths: string[], options: DashboardsOptions): number {
  const { out, service, overview = false, portal, format = 'grafana' } = options
  if (format !== 'grafana' && format !== 'json') throw usage('The format is grafana or json.')
  if (service !== undefined && overview) throw usage('Choose --service or --overview: one dashboard goes out at a time.')
  if (out === undefined && service === undefined && !overview && format === 'grafana')
    throw usage('Choose --out for all dashboards, or --overview or --service for one.')
  if (portal !== undefined && address(portal) === null) throw usage('The portal is an address, such as https://slo.example.org.')
  const read = readDefinitions(paths, 'dashboards')
  if (complain(read)) return EXIT.faults
  const portable = portableOf(read.declared)
  if (portable.slos.length === 0) throw usage('No SLO here is measured by Prometheus.')
  const all = dashboardsOf(portable, { portal })
  const wanted = overview ? OVERVIEW_UID : service && serviceUid(service)
  const chosen = wanted === undefined ? all : all.filter(({ uid }) => uid === wanted)
  if (chosen.length === 0) throw usage(`No SLO here is of ${service}.`)
  writeOut(format === 'json' ? [{ name: 'dashboards.json', text: listText(chosen) }] : chosen.map(fileOf), out)
  return EXIT.fine
}

const fileOf = (dashboard: Dashboard) => ({ name: dashboardFile(dashboard), text: dashboardText(dashboard) })
const listText = (chosen: Dashboard[]): string => `${JSON.stringify({ dashboards: chosen }, null, 2)}\n`
