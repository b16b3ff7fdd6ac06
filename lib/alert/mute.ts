import type { UnixSeconds } from '../time-series/units'
import type { Alert } from './alert'
import type { Mute } from './transition'

/** A firing alert with what muting looks at. */
export type Firing = Alert & { id: number; firedAt: UnixSeconds; serviceId: number }

export type Surroundings = {
  /** services that a service needs itself */
  needs: (serviceId: number) => number[]
  nameOf: (serviceId: number) => string
  /** an approved exclusion for maintenance that covers this instant */
  maintenance: (sloId: number) => { correctionId: number; until: UnixSeconds } | null
  /** firing alerts of SLOs that are not judged here, as they stand */
  others: Firing[]
  /** what the policy of an SLO says */
  policyOf: (sloId: number) => { suppressByDependency: boolean; silenceInMaintenance: boolean }
}

/**
 * Why nobody is told of each of these alerts; absent or `null`: people are. A ticket that began while its SLO paged stays
 * mute. Otherwise maintenance mutes while it lasts, and so does the page of a service that is needed, directly or not, as
 * long as that page is not mute itself. In a circle of services the page that fired first speaks for the others.
 */
export function mutesOf(alerts: Firing[], around: Surroundings): Map<number, Mute | null> {
  const pages = [...alerts, ...around.others].filter(({ severity }) => severity === 'page').sort(byAge)
  const judged = new Set(alerts.map(({ id }) => id))
  const reach = reachIn(around.needs)
  const known = new Map<number, Mute | null>()

  const muteOf = (alert: Firing): Mute | null => {
    if (!judged.has(alert.id)) return alert.muted
    const found = known.get(alert.id)
    if (found !== undefined) return found
    const mute = ownPage(alert, pages) ?? planned(alert, around) ?? upstream(alert)
    known.set(alert.id, mute)
    return mute
  }
  const upstream = (alert: Firing): Mute | null => {
    if (!around.policyOf(alert.sloId).suppressByDependency) return null
    const needed = reach(alert.serviceId)
    const cause = pages.find((page) => speaksFor(page, alert, needed, reach) && muteOf(page) === null)
    if (!cause) return null
    return { because: 'dependency', alertId: cause.id, serviceId: cause.serviceId, service: around.nameOf(cause.serviceId) }
  }
  return new Map(alerts.map((alert) => [alert.id, muteOf(alert)]))
}

const byAge = (a: Firing, b: Firing): number => a.firedAt - b.firedAt || a.id - b.id

/** Strictly above, or older in the same circle: an order without end points, so that asking ends. */
function speaksFor(page: Firing, alert: Firing, needed: Set<number>, reach: (service: number) => Set<number>): boolean {
  if (page.serviceId === alert.serviceId || !needed.has(page.serviceId)) return false
  return alert.severity !== 'page' || !reach(page.serviceId).has(alert.serviceId) || byAge(page, alert) < 0
}

/** For its whole life: whoever was paged has seen it. */
function ownPage(alert: Firing, pages: Firing[]): Mute | null {
  if (alert.severity === 'page') return null
  if (alert.muted?.because === 'page') return alert.muted
  const page = pages.find((one) => one.sloId === alert.sloId && one.firedAt <= alert.firedAt)
  return page ? { because: 'page', alertId: page.id } : null
}

function planned(alert: Firing, { policyOf, maintenance }: Surroundings): Mute | null {
  const now = policyOf(alert.sloId).silenceInMaintenance ? maintenance(alert.sloId) : null
  return now && { because: 'maintenance', ...now }
}

/** Every service that a service needs, directly or not; itself as well where it stands in a circle. */
export function reachIn<Service>(needs: (service: Service) => Service[]): (service: Service) => Set<Service> {
  const known = new Map<Service, Set<Service>>()
  return (service) => {
    const found = known.get(service)
    if (found) return found
    const reached = new Set<Service>()
    const open = [...needs(service)]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (reached.has(next)) continue
      reached.add(next)
      open.push(...needs(next))
    }
    known.set(service, reached)
    return reached
  }
}
