import { recordAudit } from '../lib/audit/commands'
import type { Transaction } from '../lib/db/client'
import { type DemoIncident, INCIDENTS, releasesOf } from '../lib/demo/stories'
import { DAY, floorTo, MINUTE, type UnixSeconds } from '../lib/time-series/units'

type Person = { id: string; name: string }

/** Incidents and releases of the demo. Made once: what people delete stays deleted. */
export async function seedStories(tx: Transaction, anchor: UnixSeconds): Promise<void> {
  const seed = { action: 'demo.seed', entityType: 'incident', entityId: 'all' }
  if (await tx.auditEntry.findFirst({ where: seed })) return
  const services = new Map((await tx.service.findMany({ select: { id: true, slug: true } })).map(({ slug, id }) => [slug, id]))
  await tx.release.createMany({
    data: releasesOf([...services.keys()], anchor).map(({ service, version, at, description }) => ({
      ...{ serviceId: services.get(service) ?? 0, version, releasedAt: floorTo(at, MINUTE), description },
      createdByName: 'deploy pipeline',
    })),
    skipDuplicates: true,
  })
  const people = new Map((await tx.user.findMany()).map(({ email, id, name }) => [email, { id, name }]))
  for (const incident of INCIDENTS) await writeIncident(tx, incident, { anchor, services, people })
  await recordAudit(tx, { type: 'system', job: 'seed' }, { ...seed, after: { made: INCIDENTS.length } })
}

type Known = { anchor: UnixSeconds; services: Map<string, number>; people: Map<string, Person> }

async function writeIncident(tx: Transaction, told: DemoIncident, { anchor, services, people }: Known): Promise<void> {
  const started = floorTo(anchor - told.before, MINUTE)
  const ended = started + told.lasts
  const commander = people.get(told.commander)
  const slos = await tx.slo.findMany({
    where: { OR: told.slos.map((key) => ({ slug: key.split('/')[1], service: { slug: key.split('/')[0] } })) },
    select: { id: true },
  })
  const { title, summary, severity, rootCause, contributing, wentWell, wentBadly } = told
  const times = {
    ...{ startedAt: started, detectedAt: started + told.detectedAfter, acknowledgedAt: started + told.acknowledgedAfter },
    ...{ mitigatedAt: ended, resolvedAt: ended + 20 * MINUTE },
    ...(told.reviewed && { retrospectiveAt: ended + DAY, reviewedAt: ended + DAY + 20 * MINUTE }),
  }
  await tx.incident.create({
    data: {
      ...{ title, summary, severity, rootCause, contributing, wentWell, wentBadly, ...times },
      ...{ status: told.reviewed ? 'reviewed' : 'resolved', origin: 'alert', openedBy: 'poller', openedByName: 'Headroom' },
      commanderId: commander?.id ?? null,
      createdAt: new Date(times.detectedAt * 1000),
      services: { create: [{ serviceId: services.get(told.service) ?? 0 }] },
      impacts: { create: slos.map(({ id }) => ({ sloId: id, fromTs: started, toTs: ended })) },
      events: { create: timeline(told, times, commander) },
      actions: {
        create: told.actions.map(({ title: what, owner, dueIn, done }) => ({
          ...{ title: what, ownerId: people.get(owner)?.id ?? null, dueOn: new Date((anchor + dueIn) * 1000) },
          createdAt: new Date((ended + DAY) * 1000),
          doneAt: done ? anchor + dueIn : null,
        })),
      },
    },
  })
}

type Times = { startedAt: number; detectedAt: number; acknowledgedAt: number; mitigatedAt: number; resolvedAt: number }

function timeline(told: DemoIncident, times: Times, commander: Person | undefined) {
  const author = { authorId: commander?.id ?? null, authorName: commander?.name ?? 'Headroom' }
  return [
    { at: times.detectedAt, kind: 'opened', text: 'Opened by a page', authorName: 'Headroom' },
    { at: times.acknowledgedAt, kind: 'status', text: 'Acknowledged', ...author },
    ...told.notes.map(({ after, text }) => ({ at: times.startedAt + after, kind: 'note', text, ...author })),
    { at: times.mitigatedAt, kind: 'status', text: 'Mitigated', ...author },
    { at: times.resolvedAt, kind: 'status', text: 'Resolved', ...author },
  ]
}
