import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { type AttributionEvidence, closesAt } from './attribution'
import { canReadReleases, WHO_READS } from './policy'
import type { AttributionInfo, ReleaseFilter, ReleaseInfo } from './schema'

const SERVICE = { select: { slug: true, name: true } } as const
const SLO = { select: { id: true, name: true } } as const
const WITH = { service: SERVICE, attributions: { include: { slo: SLO }, orderBy: { id: 'asc' } } } as const
const one = (id: number) => db().release.findUnique({ where: { id }, include: WITH })
type Row = NonNullable<Awaited<ReturnType<typeof one>>>
const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)

/** Releases, newest first. `next`: where the next page begins. */
export async function listReleases(
  actor: Actor,
  { service, before, limit }: ReleaseFilter,
  now = clock(),
): Promise<{ items: ReleaseInfo[]; next: number | null }> {
  authorize(canReadReleases(actor), WHO_READS)
  const from = before === undefined ? null : await storedRelease(before)
  const older = from && [{ releasedAt: { lt: from.releasedAt } }, { releasedAt: from.releasedAt, id: { lt: from.id } }]
  const rows = await db().release.findMany({
    where: { ...(service !== undefined && { service: { slug: service } }), ...(older && { OR: older }) },
    include: WITH,
    orderBy: [{ releasedAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  const items = await Promise.all(rows.slice(0, limit).map((row) => infoOf(row, now)))
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** One release. Throws NOT_FOUND. */
export async function release(actor: Actor, id: number, now = clock()): Promise<ReleaseInfo> {
  authorize(canReadReleases(actor), WHO_READS)
  return infoOf(await storedRelease(id), now)
}

/** What waits for somebody to say whether a release did it, newest release first. */
export async function waitingAttributions(actor: Actor, service: string | undefined, now = clock()): Promise<AttributionInfo[]> {
  authorize(canReadReleases(actor), WHO_READS)
  const rows = await db().release.findMany({
    where: { attributions: { some: { status: 'proposed' } }, ...(service !== undefined && { service: { slug: service } }) },
    include: WITH,
    orderBy: [{ releasedAt: 'desc' }, { id: 'desc' }],
    take: 50,
  })
  const infos = await Promise.all(rows.map((row) => infoOf(row, now)))
  return infos.flatMap(({ attributions }) => attributions.filter(({ status }) => status === 'proposed'))
}

/** Services to choose from: those that ever had a release. */
export async function releasedServices(actor: Actor): Promise<{ slug: string; name: string }[]> {
  authorize(canReadReleases(actor), WHO_READS)
  return db().service.findMany({ where: { releases: { some: {} } }, ...SERVICE, orderBy: { name: 'asc' } })
}

async function storedRelease(id: number): Promise<Row> {
  const found = await one(id)
  if (!found) throw new HeadroomError('NOT_FOUND', `There is no release with the number ${id}.`)
  return found
}

async function infoOf(row: Row, now: UnixSeconds): Promise<ReleaseInfo> {
  const { id, service, version, releasedAt: at, link, description, createdByName } = row
  const open = row.attributions.some(({ status }) => status === 'proposed')
  const closes = open ? closesAt({ at, before: null, next: await nextAfter(row) }) : at
  const named = { id, version, service, at }
  return {
    ...{ id, service, version, at, link, description, reportedBy: createdByName },
    attributions: row.attributions.map((found) => ({
      ...{ id: found.id, version: found.version, slo: found.slo, release: named, status: found.status },
      ...{ from: found.fromTs, to: found.toTs, baseline: found.baseline },
      evidence: found.evidence as AttributionEvidence,
      growsUntil: found.status === 'proposed' && closes > now ? closes : null,
      ...{ decidedBy: found.decidedName, decidedAt: found.decidedAt, note: found.note },
    })),
  }
}

async function nextAfter({ serviceId, releasedAt }: Row): Promise<UnixSeconds | null> {
  const next = await db().release.findFirst({
    where: { serviceId, releasedAt: { gt: releasedAt } },
    select: { releasedAt: true },
    orderBy: { releasedAt: 'asc' },
  })
  return next?.releasedAt ?? null
}
