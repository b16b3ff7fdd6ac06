import 'server-only'
import { pool } from '../db/client'
import { env } from '../env'
import { monthPeriod } from '../ledger/period'
import type { Period } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'
import { keptSince } from './buildable'
import type { ServiceReport } from './document'
import { settled } from './hash'
import { correctionsIn, decisionsIn, incidentsIn, releasesIn, waiversIn } from './reads-happened'
import { membersOf } from './reads-members'
import { objectiveFacts, type ServicePlace } from './reads-objectives'
import { serviceReport } from './service-report'

/** What a report keeps of the one before it, so that a month is built again as it was: its zone, its SLOs, its names, its address. */
export type BuildWanted = { serviceId: number; month: string; before: ServiceReport | null }
/** Where and of what a report is built. */
export type BuildPlace = ServicePlace & Pick<BuildWanted, 'before'>

type ServiceRow = {
  id: number
  timeZone: string
  service: ServiceReport['service']
}

/** A service as it was described at the end of a month; owners and teams by the names that they have now. */
const SERVICES = `SELECT v.id, v.time_zone AS "timeZone", json_build_object('slug', v.slug,
    'name', coalesce(d.definition->>'name', v.name), 'description', coalesce(d.definition->>'description', v.description),
    'tier', coalesce(d.definition->>'tier', v.tier::text), 'kind', coalesce(d.definition->>'kind', v.kind::text),
    'team', coalesce(dt.name, t.name),
    'sloOwner', CASE WHEN d.definition IS NULL THEN so.name ELSE (SELECT u.name FROM "user" u WHERE u.email = d.definition->>'sloOwner') END,
    'productOwner', CASE WHEN d.definition IS NULL THEN po.name ELSE (SELECT u.name FROM "user" u WHERE u.email = d.definition->>'productOwner') END
  ) AS service
  FROM unnest($1::int[], $2::int[]) AS w (id, ends) JOIN service v ON v.id = w.id JOIN team t ON t.id = v.team_id
  LEFT JOIN "user" so ON so.id = v.slo_owner_id LEFT JOIN "user" po ON po.id = v.product_owner_id
  LEFT JOIN LATERAL (SELECT x.definition FROM service_version x WHERE x.service_id = v.id
    ORDER BY x.valid_from < to_timestamp(w.ends) DESC, CASE WHEN x.valid_from < to_timestamp(w.ends) THEN x.version ELSE -x.version END DESC LIMIT 1) d ON true
  LEFT JOIN team dt ON dt.slug = d.definition->>'team'`

/** Months in the zones of their services, as far as they have come, with the SLOs that they are about. */
export async function placesOf(wanted: BuildWanted[], now: UnixSeconds): Promise<BuildPlace[]> {
  if (wanted.length === 0) return []
  const zones = await zonesOf(wanted)
  const planned = wanted.map((one) => {
    const zone = one.before?.zone ?? zones.get(one.serviceId) ?? 'UTC'
    return { ...one, zone, period: monthPeriod(one.month, zone) }
  })
  const reached = await reachedBy(planned.filter(({ period }) => period.to > now).map(({ serviceId }) => serviceId))
  const places = planned.map((one) => {
    const { period, serviceId } = one
    const end = Math.min(Math.max(reached.get(serviceId) ?? now, period.from), period.to)
    return { ...one, asOf: period.to <= now ? period.to : end, keptSince: keptSince(now) }
  })
  const members = await membersOf(places.filter(({ before }) => before === null))
  return places.map((place) => ({
    ...place,
    sloIds:
      place.before?.objectives.map(({ slo }) => slo.id) ??
      members.filter(({ serviceId }) => serviceId === place.serviceId).map(({ sloId }) => sloId),
  }))
}

/**
 * Documents of some services, each for its month, from as many questions as one of them takes. A month that still runs goes as
 * far as the counters have come.
 */
export async function buildServices(places: BuildPlace[], now: UnixSeconds): Promise<Map<number, ServiceReport>> {
  if (places.length === 0) return new Map()
  const objectives = await objectiveFacts(places, now)
  const found = new Map<number, ServiceReport>()
  // Months of different zones begin at different instants: what happened is asked for once for each.
  for (const group of grouped(places)) {
    const [{ period, asOf }] = group as [BuildPlace]
    const serviceIds = group.map(({ serviceId }) => serviceId)
    const slos = serviceIds.flatMap((serviceId) => (objectives.get(serviceId) ?? []).map(({ id }) => ({ id, serviceId })))
    const happened = { serviceIds, slos, period, asOf }
    const services = await servicesAt(serviceIds, { period, asOf })
    const [incidents, releases, decisions, waivers] = [
      await incidentsIn(happened, now),
      await releasesIn(happened),
      await decisionsIn(happened),
      await waiversIn(happened),
    ]
    const corrections = await correctionsIn(happened, () => group[0]?.zone ?? 'UTC')
    for (const { before, ...place } of group) {
      const { serviceId: id } = place
      const service = services.get(id)
      if (!service) continue
      const facts = {
        ...{ service, objectives: objectives.get(id) ?? [], incidents: incidents.get(id) ?? [] },
        ...{ releases: releases.get(id) ?? [], decisions: decisions.get(id) ?? {}, waivers: waivers.get(id) ?? [] },
        ...{ corrections: corrections.get(id) ?? [], address: before ? before.address : env().NEXTAUTH_URL },
      }
      found.set(id, settled(serviceReport(facts, place, before)))
    }
  }
  return found
}

function grouped(places: BuildPlace[]): BuildPlace[][] {
  const groups = new Map<string, BuildPlace[]>()
  for (const place of places) {
    const key = `${place.period.from} ${place.asOf} ${place.zone}`
    groups.set(key, [...(groups.get(key) ?? []), place])
  }
  return [...groups.values()]
}

async function zonesOf(wanted: BuildWanted[]): Promise<Map<number, string>> {
  const { rows } = await pool().query<{ id: number; zone: string }>(
    'SELECT id, time_zone AS zone FROM service WHERE id = ANY($1::int[])',
    [wanted.map(({ serviceId }) => serviceId)],
  )
  return new Map(rows.map(({ id, zone }) => [id, zone]))
}

async function servicesAt(ids: number[], { period, asOf }: { period: Period; asOf: UnixSeconds }) {
  const end = Math.min(period.to, asOf)
  const { rows } = await pool().query<ServiceRow>(SERVICES, [ids, ids.map(() => end)])
  return new Map(rows.map(({ id, service }) => [id, service]))
}

/** The newest evaluation of any SLO of a service. */
async function reachedBy(serviceIds: number[]): Promise<Map<number, UnixSeconds>> {
  if (serviceIds.length === 0) return new Map()
  const { rows } = await pool().query<{ id: number; ts: number }>(
    `SELECT s.service_id AS id, max(st.ts) AS ts FROM slo s JOIN slo_status st ON st.slo_id = s.id
     WHERE s.service_id = ANY($1::int[]) AND s.deleted_at IS NULL GROUP BY s.service_id`,
    [serviceIds],
  )
  return new Map(rows.map(({ id, ts }) => [id, ts]))
}
