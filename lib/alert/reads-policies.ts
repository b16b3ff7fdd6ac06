import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, pool } from '../db/client'
import { HeadroomError } from '../errors'
import { loadAlerting } from '../measurement/alert-policies'
import { TIERS, type Tier, tierText } from '../service/tier'
import { type SloWindow, windowLength } from '../slo/window'
import { toUnix, type UnixSeconds } from '../time-series/units'
import { alertPairs, alertPolicySchema } from './alert-policy'
import { UNASSIGNED } from './in-force'
import { canReadAlerts, WHO_READS } from './policy'
import type { LeftOut, PolicyDetail, PolicyInfo, Use } from './schema'
import { unreachableText } from './words'

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
const rows = () =>
  db().alertPolicy.findMany({
    orderBy: [{ preset: 'desc' }, { id: 'asc' }],
    include: {
      assignments: {
        include: { service: { select: { slug: true, name: true } }, slo: { select: { id: true, name: true, deletedAt: true } } },
      },
    },
  })
type Row = Awaited<ReturnType<typeof rows>>[number]

/** Every policy with where it holds, presets first. */
export async function listAlertPolicies(actor: Actor): Promise<PolicyInfo[]> {
  authorize(canReadAlerts(actor), WHO_READS)
  const holding = await policiesOfSlos()
  const all = await rows()
  return all.map((row) => infoOf(row, holding, fallbackOf(all)))
}

/** The policy that holds where nothing is assigned; `null` when the default is. */
const fallbackOf = (all: Row[]): string | null =>
  all.some(({ assignments }) => assignments.some(({ scope }) => scope === 'default')) ? null : UNASSIGNED.slug

/** One policy, the SLOs it does nothing for, and its versions. Throws NOT_FOUND. */
export async function alertPolicy(actor: Actor, slug: string, now = clock()): Promise<PolicyDetail> {
  authorize(canReadAlerts(actor), WHO_READS)
  const all = await rows()
  const row = all.find((one) => one.slug === slug)
  if (!row) throw new HeadroomError('NOT_FOUND', `There is no alert policy “${slug}”.`)
  const holding = await policiesOfSlos()
  const info = infoOf(row, holding, fallbackOf(all))
  const versions = await db().alertPolicyVersion.findMany({ where: { policyId: row.id }, orderBy: { version: 'desc' }, take: 50 })
  return {
    ...info,
    leftOut: holding.filter((slo) => slo.slug === slug).flatMap((slo) => leftOut(info.settings, slo, now)),
    versions: versions.map(({ version, validFrom, author, changes }) => ({
      ...{ version, at: toUnix(validFrom), author },
      changes: changes as string[],
    })),
  }
}

export type SloRow = { id: number; name: string; service: string; target: number; window: SloWindow; scrape: number }

/** Sentences about pairs that this SLO's target keeps from firing. */
export const leftOut = (settings: PolicyInfo['settings'], slo: SloRow, now: UnixSeconds): LeftOut[] =>
  alertPairs(settings, windowLength(slo.window, now), { scrape: slo.scrape }).flatMap((pair) => {
    const sentence = unreachableText(pair, slo.target, `“${slo.name}”`)
    return sentence === null ? [] : [{ sloId: slo.id, name: slo.name, service: slo.service, sentence }]
  })

/** Every SLO that is measured, with the policy that holds for it. */
async function policiesOfSlos(): Promise<(SloRow & { slug: string })[]> {
  const alertingFor = await loadAlerting(pool())
  const { rows: slos } = await pool().query<SloRow & { serviceId: number; tier: string }>(
    `SELECT s.id, s.name, v.name AS service, v.id AS "serviceId", v.tier::text AS tier, s.target, s."window", d.scrape_seconds AS scrape
     FROM slo s JOIN service v ON v.id = s.service_id JOIN data_source d ON d.id = s.data_source_id
     WHERE s.deleted_at IS NULL AND s.lifecycle = 'active' ORDER BY v.name, s.name`,
  )
  return slos.map((slo) => ({ ...slo, target: Number(slo.target), slug: alertingFor(slo).slug }))
}

function infoOf(row: Row, holding: { slug: string }[], fallback: string | null): PolicyInfo {
  const { id, slug, name, description, preset, version } = row
  const read = alertPolicySchema.safeParse(row.settings)
  return {
    ...{ id, slug, name, description, preset, version },
    settings: read.success ? read.data : UNASSIGNED.settings,
    uses: row.assignments.filter(({ slo }) => !slo?.deletedAt).map(useOf),
    fallback: slug === fallback,
    slos: holding.filter((slo) => slo.slug === slug).length,
  }
}

function useOf({ scope, tier, service, slo }: Row['assignments'][number]): Use {
  if (slo) return { scope, kind: 'slo', words: slo.name, href: `/slos/${slo.id}` }
  if (service)
    return { scope: `service:${service.slug}`, kind: 'service', words: service.name, href: `/services/${service.slug}` }
  if (tier) return { scope, kind: 'tier', words: `Tier ${tierText(tier as Tier).toLowerCase()}`, href: null }
  return { scope, kind: 'default', words: 'Default', href: null }
}

/** Everything a policy can be assigned to, in groups. */
export async function assignableTo(actor: Actor): Promise<{ group: string; items: { value: string; name: string }[] }[]> {
  authorize(canReadAlerts(actor), WHO_READS)
  const services = await db().service.findMany({ orderBy: { name: 'asc' }, select: { slug: true, name: true } })
  const slos = await policiesOfSlos()
  const tier = (one: Tier) => `${tierText(one)[0]?.toUpperCase()}${tierText(one).slice(1)}`
  return [
    { group: 'Everything', items: [{ value: 'default', name: 'Default' }] },
    { group: 'A tier', items: TIERS.map((one) => ({ value: `tier:${one}`, name: tier(one) })) },
    { group: 'A service', items: services.map(({ slug, name }) => ({ value: `service:${slug}`, name })) },
    { group: 'One SLO', items: slos.map(({ id, name, service }) => ({ value: `slo:${id}`, name: `${service}: ${name}` })) },
  ]
}
