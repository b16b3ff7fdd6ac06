import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { env } from '../env'
import { HeadroomError } from '../errors'
import { monthPeriod } from '../ledger/period'
import { keepMarks } from '../measurement/marks'
import type { UnixSeconds } from '../time-series/units'
import { type Stored, storeReport } from './commands-store'
import { settled } from './hash'
import { canBuildReports, WHO_BUILDS } from './policy'
import { serviceNamed } from './reads'
import { buildServices } from './reads-build'
import { keptOf, newestReports } from './reads-newest'
import { edgesToKeep } from './reads-objectives'
import { buildOrganisation } from './reads-organisation'
import type { BuildInput } from './schema'

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
export type BuildHow = { quiet?: boolean }

/**
 * Builds the report of a month that is over, of a service or of the organisation, and keeps it. Nothing is written when the
 * newest revision says the same; else the next revision says what is different.
 */
export async function buildReport(
  actor: Actor,
  { service, month }: BuildInput,
  now = clock(),
  how: BuildHow = {},
): Promise<Stored> {
  authorize(canBuildReports(actor), WHO_BUILDS)
  const named = service === null ? null : await serviceNamed(service)
  if (monthPeriod(month, named?.zone ?? env().HEADROOM_TIME_ZONE).to > now) {
    const message = `${month} is not over yet. Look at its preview, or choose a month before it.`
    throw new HeadroomError('INVALID_INPUT', message, [{ path: 'month', message }])
  }
  if (named === null) return organisationBuilt(actor, month, now, how)
  const built = (await servicesBuilt(actor, { ids: [named.id], month }, now, how)).get(named.id)
  if (!built) throw new HeadroomError('CONFLICT', 'Somebody else builds this report. Read it again in a minute.')
  return built
}

const ATTEMPTS = 3

/** The same for several services together, which takes as many questions as one. Who calls it was authorized. */
export async function servicesBuilt(
  actor: Actor,
  { ids, month }: { ids: number[]; month: string },
  now: UnixSeconds,
  how: BuildHow = {},
): Promise<Map<number, Stored>> {
  const done = new Map<number, Stored>()
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const open = ids.filter((id) => !done.has(id))
    if (open.length === 0) break
    const before = await newestReports(open, month)
    await keepEdges(open, month, now)
    const wanted = open.map((serviceId) => ({ serviceId, month, kept: keptOf(before.get(serviceId)) }))
    for (const [serviceId, document] of await buildServices(wanted, now)) {
      const stored = await storeReport(actor, document, { serviceId, before: before.get(serviceId) ?? null, now, ...how })
      if (stored) done.set(serviceId, stored)
    }
  }
  return done
}

export async function organisationBuilt(actor: Actor, month: string, now: UnixSeconds, how: BuildHow = {}): Promise<Stored> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = (await newestReports([null], month)).get(null)
    const { zone, address } = keptOf(before) ?? { zone: env().HEADROOM_TIME_ZONE, address: env().NEXTAUTH_URL }
    const document = settled(await buildOrganisation(month, { zone, address }, now))
    const stored = await storeReport(actor, document, { serviceId: null, before: before ?? null, now, ...how })
    if (stored) return stored
  }
  throw new HeadroomError('CONFLICT', 'Somebody else builds this report. Read it again in a minute.')
}

/** Hours are kept for 400 days and middays for years: what no tier keeps is written down, so that a later build reads the same. */
async function keepEdges(serviceIds: number[], month: string, now: UnixSeconds): Promise<void> {
  const { rows } = await pool().query<{ sloId: number; zone: string; since: number }>(
    `SELECT s.id AS "sloId", v.time_zone AS zone, e.history_from AS since FROM slo s JOIN service v ON v.id = s.service_id
     JOIN slo_evaluation e ON e.slo_id = s.id AND e.history_from IS NOT NULL WHERE v.id = ANY($1::int[]) AND s.lifecycle = 'active'`,
    [serviceIds],
  )
  const edges = new Map([...new Set(rows.map(({ zone }) => zone))].map((zone) => [zone, edgesToKeep(month, zone)]))
  await keepMarks(
    pool(),
    rows.flatMap(({ sloId, zone, since }) => (edges.get(zone) ?? []).filter((ts) => ts > since).map((ts) => ({ sloId, ts }))),
    now,
  )
}
