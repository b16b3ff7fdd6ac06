import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { env } from '../env'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { beingMeasured, nothingMeasured, notYetReady, refuseOld, refuseRunning } from './buildable'
import { keepEdges } from './commands-edges'
import { noteOrganisation } from './commands-follow'
import { type Stored, storeReport } from './commands-store'
import { settled } from './hash'
import { canBuildReports, WHO_BUILDS } from './policy'
import { serviceNamed } from './reads'
import { buildServices, placesOf } from './reads-build'
import { readyOf } from './reads-due'
import { beingFilled } from './reads-filling'
import { membersOf } from './reads-members'
import { newestReports, organisationOf, serviceOf } from './reads-newest'
import { AT_A_TIME, buildOrganisation, countStored, servicesIn } from './reads-organisation'
import type { BuildInput } from './schema'
import { quotedName } from './words'

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
  const zone = named?.zone ?? env().HEADROOM_TIME_ZONE
  refuseRunning(month, zone, now)
  refuseOld(month, zone, now)
  if (named === null) return organisationBuilt(actor, month, now, how)
  await refuseUnready(named, month, now)
  const built = (await servicesBuilt(actor, { ids: [named.id], month }, now, how)).get(named.id)
  if (!built) throw new HeadroomError('CONFLICT', 'Somebody else builds this report. Read it again in a minute.')
  return built
}

async function refuseUnready({ id, name }: { id: number; name: string }, month: string, now: UnixSeconds): Promise<void> {
  const before = serviceOf((await newestReports([id], month)).get(id))
  const [place] = await placesOf([{ serviceId: id, month, before }], now)
  if (!place) return
  if (before === null && !(await membersOf([place])).some(({ measured }) => measured)) throw nothingMeasured(month, name)
  const filling = (await beingFilled([place])).get(id)
  if (filling) throw beingMeasured(filling.map(quotedName).join(', '))
  if (!(await readyOf([place], now)).has(id)) throw notYetReady(name)
}

const ATTEMPTS = 3

/**
 * The same for several services together, which takes as many questions as one; those whose SLOs are being measured again are left
 * out. Who calls it was authorized.
 */
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
    const wanted = open.map((serviceId) => ({ serviceId, month, before: serviceOf(before.get(serviceId)) }))
    const filling = await beingFilled(wanted)
    const places = await placesOf(
      wanted.filter(({ serviceId }) => !filling.has(serviceId)),
      now,
    )
    await keepEdges(places, now)
    for (const [serviceId, document] of await buildServices(places, now)) {
      const stored = await storeReport(actor, document, { serviceId, before: before.get(serviceId) ?? null, now, ...how })
      if (stored) done.set(serviceId, stored)
    }
  }
  return done
}

/** The organisation's, and before it those of its services that there are none of yet. Who calls it was authorized. */
export async function organisationBuilt(actor: Actor, month: string, now: UnixSeconds, how: BuildHow = {}): Promise<Stored> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = (await newestReports([null], month)).get(null)
    const old = organisationOf(before)
    if (old === null) await servicesOfMonth(actor, month, now, how)
    // Counted before they are read: one that comes meanwhile is looked at again.
    const seen = await countStored(month)
    const kept = old
      ? { zone: old.zone, address: old.address, slugs: old.services.map(({ slug }) => slug) }
      : { zone: env().HEADROOM_TIME_ZONE, address: env().NEXTAUTH_URL, slugs: null }
    const document = settled(await buildOrganisation(month, kept, now))
    const stored = await storeReport(actor, document, { serviceId: null, before: before ?? null, now, ...how })
    if (stored) {
      await noteOrganisation(month, seen, now)
      return stored
    }
  }
  throw new HeadroomError('CONFLICT', 'Somebody else builds this report. Read it again in a minute.')
}

async function servicesOfMonth(actor: Actor, month: string, now: UnixSeconds, how: BuildHow): Promise<void> {
  const parts = await servicesIn(month, now)
  if (parts.length === 0) throw nothingMeasured(month, 'the organisation')
  for (const { zone } of parts) refuseRunning(month, zone, now)
  const missing = parts.filter(({ stored }) => !stored)
  const places = await placesOf(
    missing.map(({ id }) => ({ serviceId: id, month, before: null })),
    now,
  )
  const ready = await readyOf(places, now)
  const late = missing.filter(({ id }) => !ready.has(id))
  if (late.length > 0) throw notYetReady(late.length === 1 ? (late[0]?.name ?? '') : `${late.length} services`)
  for (let i = 0; i < missing.length; i += AT_A_TIME)
    await servicesBuilt(actor, { ids: missing.slice(i, i + AT_A_TIME).map(({ id }) => id), month }, now, how)
}
