import 'server-only'
import type { Actor } from '../auth/actor'
import { env } from '../env'
import { HeadroomError } from '../errors'
import { portableSlos } from '../slo-as-code/reads'
import { dashboardFile, dashboardsOf, dashboardText } from './dashboards'
import { OVERVIEW_UID, serviceUid } from './links'
import type { Dashboard } from './model'

/** Dashboards over all that is measured: titles and targets depend on what else there is. */
async function all(actor: Actor): Promise<Dashboard[]> {
  return dashboardsOf(await portableSlos(actor), { portal: env().NEXTAUTH_URL })
}

const noSuch = (service: string) => new HeadroomError('NOT_FOUND', `There is no service “${service}” whose SLOs are measured.`)

/** The dashboard of this service, or the overview. */
export async function oneDashboard(actor: Actor, service?: string): Promise<Dashboard> {
  const uid = service === undefined ? OVERVIEW_UID : serviceUid(service)
  const found = (await all(actor)).find((one) => one.uid === uid)
  if (!found) throw noSuch(service ?? '')
  return found
}

/** The overview and the dashboards of all services, or the one of this service, as files. */
export async function dashboardFiles(actor: Actor, service?: string): Promise<{ name: string; text: string }[]> {
  const dashboards = service === undefined ? await all(actor) : [await oneDashboard(actor, service)]
  return dashboards.map((one) => ({ name: dashboardFile(one), text: dashboardText(one) }))
}
