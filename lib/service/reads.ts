import 'server-only'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { HeadroomError } from '../errors'
import { labelTexts } from '../slo/labels'
import type { OverviewColumns, OverviewTable } from '../slo/overview-rows'
import { overviewTable } from '../slo/reads'
import type { UnixSeconds } from '../time-series/units'
import { serviceRecordOf } from './definition-record'
import type { ServiceDeclared } from './managed'
import type { Neighbour, Person, Service } from './service'
import { statesByService, worstState } from './states'
import { type Tier, tierText } from './tier'
import { recommendTier } from './tier-recommendation'

type Row = Omit<Parameters<typeof serviceRecordOf>[0], 'sloOwner' | 'productOwner'> & {
  tier: Tier
  version: number
  teamName: string
  sloOwner: Person | null
  productOwner: Person | null
  dependants: string[]
  createdAt: UnixSeconds
  managedBy: string | null
  declared: ServiceDeclared | null
}

const person = (table: string) =>
  `CASE WHEN ${table}.id IS NOT NULL THEN jsonb_build_object('name', ${table}.name, 'email', ${table}.email) END`
const ends = (mine: string, theirs: string) =>
  `ARRAY(SELECT n.slug FROM service_dependency d JOIN service n ON n.id = d.${theirs} WHERE d.${mine} = v.id ORDER BY n.slug COLLATE "C")`
const ROWS = `SELECT v.slug, v.name, v.description, v.tier::text, v.kind::text, t.slug AS team, t.name AS "teamName", v.labels, v.links,
  v.context, v.characteristics, v.time_zone AS "timeZone", v.version, v.managed_by AS "managedBy", v.declared, ${person('so')} AS "sloOwner", ${person('po')} AS "productOwner",
  ${ends('service_id', 'depends_on_id')} AS dependencies, ${ends('depends_on_id', 'service_id')} AS dependants,
  extract(epoch FROM v.created_at)::int AS "createdAt"
  FROM service v JOIN team t ON t.id = v.team_id
  LEFT JOIN "user" so ON so.id = v.slo_owner_id LEFT JOIN "user" po ON po.id = v.product_owner_id`
/** A service and the ends of its arrows. */
const NEAR = `WHERE v.slug = $1 OR EXISTS (SELECT 1 FROM service_dependency d JOIN service s ON s.slug = $1
  AND (d.service_id, d.depends_on_id) IN ((s.id, v.id), (v.id, s.id)))`

function servicesOf({ columns }: OverviewTable, rows: Row[]): Service[] {
  const states = statesByService(columns)
  const ends = new Map(
    rows.map(({ slug, name, tier }): [string, Neighbour] => [slug, { slug, name, tier, worst: worstState(states.get(slug)) }]),
  )
  const known = (slugs: string[]) => slugs.flatMap((slug) => ends.get(slug) ?? [])
  return rows.map((row) => {
    const definition = serviceRecordOf({
      ...row,
      sloOwner: row.sloOwner?.email ?? null,
      productOwner: row.productOwner?.email ?? null,
    })
    const mine = states.get(row.slug) ?? {}
    const dependants = known(row.dependants)
    const { slug, name, description, kind, version, createdAt } = row
    return {
      ...{ slug, name, description, kind, version, createdAt, definition, dependants },
      managed: row.managedBy === null ? null : { owner: row.managedBy, declared: row.declared },
      tier: tierText(row.tier),
      team: row.teamName,
      labels: labelTexts(row.labels),
      states: mine,
      worst: worstState(mine),
      sloCount: Object.values(mine).reduce((sum, count) => sum + count, 0),
      owners: {
        sloOwner: row.sloOwner,
        engineeringTeam: { slug: row.team, name: row.teamName },
        productOwner: row.productOwner,
      },
      dependencies: known(row.dependencies),
      recommendation: recommendTier({ characteristics: definition.characteristics, dependants }),
    }
  })
}

/** All services by name. `overviewTable` authorizes. */
export async function listServices(actor: Actor): Promise<Service[]> {
  const table = await overviewTable(actor)
  return servicesOf(table, (await pool().query<Row>(`${ROWS} ORDER BY v.name`)).rows)
}

export type ServiceDetail = { service: Service; slos: OverviewTable }

/** One service and its SLOs. Throws NOT_FOUND. */
export async function serviceDetail(actor: Actor, slug: string): Promise<ServiceDetail> {
  const table = await overviewTable(actor)
  const { rows } = await pool().query<Row>(`${ROWS} ${NEAR} ORDER BY v.name`, [slug])
  const service = servicesOf(table, rows).find((one) => one.slug === slug)
  if (!service) throw new HeadroomError('NOT_FOUND', `There is no service “${slug}”.`)
  const mine = table.columns.serviceSlug.flatMap((owner, i) => (owner === slug ? [i] : []))
  const columns = Object.fromEntries(
    Object.entries(table.columns).map(([key, column]) => [key, mine.map((i) => column[i])]),
  ) as OverviewColumns
  return { service, slos: { ...table, columns } }
}
