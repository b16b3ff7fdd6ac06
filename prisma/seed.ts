import { recordAudit } from '../lib/audit/commands'
import { type Transaction, transaction } from '../lib/db/client'
import type { Prisma } from '../lib/db/generated/client'
import type { DemoService, DemoSlo } from '../lib/demo/service'
import { demoWorld, PEOPLE, TEAMS } from '../lib/demo/world'
import { SHARDS } from '../lib/measurement/shards'
import { DAY, type UnixSeconds } from '../lib/time-series/units'
import { seedChannels } from './seed-channels'
import { seedDecisions } from './seed-decisions'
import { seedGovernance } from './seed-governance'
import { seedJourneys } from './seed-journeys'
import { seedPolicies } from './seed-policies'
import { seedPriorities } from './seed-priorities'
import { describeServices } from './seed-services'
import { seedStories } from './seed-stories'
import { seedWalls } from './seed-walls'

/** Services of the demo whose source goes away are measured by this one. */
export const WAREHOUSE = 'warehouse'
const MAIN = 'prometheus'

export type DemoSeed = { anchor: UnixSeconds; mainUrl: string; warehouseUrl: string; demoUrl: string }

/** Points a source at an address, made when it is new. */
export async function setSource(name: string, url: string): Promise<void> {
  await transaction(async (tx) => {
    const known = await tx.dataSource.findUnique({ where: { name } })
    if (known?.url === url) return
    const { id } = await tx.dataSource.upsert({ where: { name }, create: { name, url }, update: { url } })
    await recordAudit(
      tx,
      { type: 'system', job: 'seed' },
      { action: 'data-source.set', entityType: 'data-source', entityId: id, after: { name, url } },
    )
  })
}

/** People, services and SLOs of the demo; what is there already stays as people have made it. Returns how many SLOs are new. */
export async function seedDemo({ anchor, mainUrl, warehouseUrl, demoUrl }: DemoSeed): Promise<number> {
  await setSource(MAIN, mainUrl)
  await setSource(WAREHOUSE, warehouseUrl)
  return transaction(async (tx) => {
    for (const team of TEAMS) await tx.team.upsert({ where: { slug: team.slug }, create: team, update: {} })
    const teams = new Map((await tx.team.findMany()).map(({ slug, id }) => [slug, id]))
    for (const { team, ...person } of PEOPLE)
      await tx.user.upsert({
        where: { email: person.email },
        create: { ...person, demo: true, teamId: teams.get(team) ?? null },
        update: { demo: true },
      })
    const sources = new Map((await tx.dataSource.findMany()).map(({ name, id }) => [name, id]))
    let made = 0
    const known = new Set((await tx.service.findMany({ select: { slug: true } })).map(({ slug }) => slug))
    for (const service of demoWorld(anchor)) {
      const sourceId = sources.get(service.lostSource ? WAREHOUSE : MAIN) ?? 0
      const serviceId = await serviceRow(tx, service, teams.get(service.team) ?? 0, new Date((anchor - OLD) * 1000))
      for (const slo of service.slos) {
        const place = { serviceId, serviceSlug: service.slug, dataSourceId: sourceId }
        made += await sloRow(tx, slo, place)
      }
    }
    await describeServices(
      tx,
      demoWorld(anchor).filter(({ slug }) => !known.has(slug)),
    )
    await seedJourneys(tx, async (slo, place) => {
      made += await sloRow(tx, slo, place)
    })
    await seedStories(tx, anchor)
    await seedDecisions(tx, anchor)
    await seedPolicies(tx, anchor)
    await seedPriorities(tx, anchor)
    await seedChannels(tx, demoUrl)
    await seedWalls(tx, anchor)
    await seedGovernance(tx, anchor)
    if (made > 0)
      await recordAudit(
        tx,
        { type: 'system', job: 'seed' },
        { action: 'demo.seed', entityType: 'slo', entityId: 'all', after: { made } },
      )
    return made
  })
}

/** The services of the demo were there before anybody measured them: long enough for quarters to have been planned, or not. */
const OLD = 280 * DAY

async function serviceRow(tx: Transaction, service: DemoService, teamId: number, createdAt: Date): Promise<number> {
  const { slug, name, description, tier, kind, labels } = service
  const row = await tx.service.upsert({
    where: { slug },
    create: { slug, name, description, tier, kind, labels, teamId, createdAt },
    update: {},
  })
  return row.id
}

type Place = { serviceId: number; serviceSlug: string; dataSourceId: number }

async function sloRow(
  tx: Transaction,
  slo: Omit<DemoSlo, 'shows'>,
  { serviceId, serviceSlug, dataSourceId }: Place,
): Promise<0 | 1> {
  const { slug, name, description, target } = slo
  const known = await tx.slo.findUnique({ where: { serviceId_slug: { serviceId, slug } } })
  if (known) return 0
  const indicator = slo.indicator as unknown as Prisma.InputJsonValue
  const definition = {
    target,
    indicator,
    window: slo.window as unknown as Prisma.InputJsonValue,
    method: slo.method ?? 'occurrences',
    sliceTarget: slo.sliceTarget ?? null,
    noDataPolicy: slo.noDataPolicy ?? 'ignore',
    minEvents: slo.minEvents ?? 0,
    gating: slo.gating ?? false,
  } as const
  const { name: source } = await tx.dataSource.findUniqueOrThrow({ where: { id: dataSourceId } })
  const record = { ...definition, ...{ slug, name, description, labels: slo.labels ?? {}, coverageFloor: 0.9 } }
  const { id } = await tx.slo.create({
    data: {
      ...definition,
      ...{ slug, name, description, serviceId, dataSourceId, labels: slo.labels ?? {} },
      evaluation: { create: {} },
      versions: {
        create: {
          version: 1,
          definition: { ...record, service: serviceSlug, dataSource: source },
          author: 'demo',
          changes: ['Created'],
        },
      },
    },
  })
  await tx.slo.update({ where: { id }, data: { shard: id % SHARDS } })
  return 1
}
