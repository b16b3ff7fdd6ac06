import 'server-only'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, type Transaction, transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { type FieldIssue, HeadroomError } from '../errors'
import type { Indicator } from '../slo/indicator'
import { journeyChanges } from './changes'
import { overlaps } from './journey'
import { canWriteJourney } from './policy'
import { inputOf, journeyDetail, otherJourneys } from './reads'
import { type JourneyInput, journeySchema } from './schema'

const WHO = 'Only engineers, SLO owners and administrators write journeys.'
const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue

export type SavedJourney =
  | { kind: 'saved'; slug: string; version: number }
  /** somebody else saved in between: what they changed, and theirs to go on from */
  | { kind: 'conflict'; version: number; author: string; changes: string[]; journey: JourneyInput }

/** Writes a journey that overlaps with no other. */
export async function createJourney(actor: Actor, journey: JourneyInput): Promise<{ slug: string; version: number }> {
  authorize(canWriteJourney(actor), WHO)
  return transaction(async (tx) => {
    const { steps, resultSloId } = await checked(tx, journey, null)
    const { id } = await tx.journey.create({ data: { ...columnsOf(journey), resultSloId, steps: { create: steps } } })
    await recordAudit(tx, actor, {
      action: 'journey.create',
      entityType: 'journey',
      entityId: id,
      after: asJson({ ...journey, version: 1 }),
    })
    return { slug: journey.slug, version: 1 }
  })
}

/** Saves if nobody else did since `version`; otherwise says what they changed and writes nothing. */
export async function updateJourney(
  actor: Actor,
  { slug, version, journey }: { slug: string; version: number; journey: JourneyInput },
): Promise<SavedJourney> {
  authorize(canWriteJourney(actor), WHO)
  const stored = await journeyDetail(actor, slug)
  if (stored.version !== version) return conflict(actor, slug, version)
  const saved = await transaction(async (tx): Promise<SavedJourney | null> => {
    const { steps, resultSloId } = await checked(tx, journey, slug)
    const { count } = await tx.journey.updateMany({
      where: { slug, version },
      data: { ...columnsOf(journey), resultSloId, version: version + 1, updatedAt: new Date() },
    })
    if (count === 0) return null
    const { id } = await tx.journey.findUniqueOrThrow({ where: { slug: journey.slug }, select: { id: true } })
    await tx.journeyStep.deleteMany({ where: { journeyId: id } })
    await tx.journeyStep.createMany({ data: steps.map((step) => ({ ...step, journeyId: id })) })
    await recordAudit(tx, actor, {
      action: 'journey.update',
      entityType: 'journey',
      entityId: id,
      before: asJson({ ...inputOf(stored), version }),
      after: asJson({ ...journey, version: version + 1 }),
    })
    return { kind: 'saved', slug: journey.slug, version: version + 1 }
  })
  return saved ?? conflict(actor, slug, version)
}

async function conflict(actor: Actor, slug: string, base: number): Promise<SavedJourney> {
  const theirs = await journeyDetail(actor, slug)
  const { id } = await db().journey.findUniqueOrThrow({ where: { slug }, select: { id: true } })
  const written = await db().auditEntry.findMany({
    where: { entityType: 'journey', entityId: String(id), action: { in: ['journey.create', 'journey.update'] } },
    orderBy: { id: 'desc' },
  })
  const from = written.find(({ after }) => (after as { version?: number } | null)?.version === base)
  const known = journeySchema.safeParse(from?.after)
  return {
    kind: 'conflict',
    version: theirs.version,
    author: written[0]?.actorName ?? 'somebody',
    changes: known.success ? journeyChanges(known.data, inputOf(theirs)) : [],
    journey: inputOf(theirs),
  }
}

export async function deleteJourney(
  actor: Actor,
  { slug, version }: { slug: string; version: number },
): Promise<{ slug: string }> {
  authorize(canWriteJourney(actor), WHO)
  const stored = await journeyDetail(actor, slug)
  return transaction(async (tx) => {
    const { id } = await tx.journey.findUniqueOrThrow({ where: { slug }, select: { id: true } })
    const { count } = await tx.journey.deleteMany({ where: { slug, version } })
    if (count === 0)
      throw new HeadroomError('CONFLICT', 'Somebody changed this journey meanwhile. Read it again before deleting.')
    await recordAudit(tx, actor, {
      action: 'journey.delete',
      entityType: 'journey',
      entityId: id,
      before: asJson({ ...inputOf(stored), version }),
    })
    return { slug }
  })
}

/** Names the composite that was just made for a journey as its result. */
export async function setResult(actor: Actor, { slug, sloId }: { slug: string; sloId: number }): Promise<SavedJourney> {
  authorize(canWriteJourney(actor), WHO)
  const stored = await journeyDetail(actor, slug)
  const slo = await db().slo.findUnique({ where: { id: sloId }, include: { service: true } })
  const result = slo ? `${slo.service.slug}/${slo.slug}` : null
  return updateJourney(actor, { slug, version: stored.version, journey: { ...inputOf(stored), result } })
}

/** Refuses overlaps and SLOs that are none, each at its field. One journey at a time, so that two cannot become twins. */
async function checked(tx: Transaction, journey: JourneyInput, slug: string | null) {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('journey'))`
  const issues: FieldIssue[] = overlaps(journey, await otherJourneys(tx, slug))
  const keys = [...journey.steps.map(({ slo }) => slo), journey.result].flatMap((key) => key ?? [])
  const rows = await tx.slo.findMany({
    where: { OR: keys.map((key) => ({ service: { slug: key.split('/')[0] }, slug: key.split('/')[1] })) },
    select: { id: true, name: true, slug: true, deletedAt: true, indicator: true, service: { select: { slug: true } } },
  })
  const found = new Map(rows.map((row) => [`${row.service.slug}/${row.slug}`, row]))
  const idOf = (key: string | null, path: string): number | null => {
    if (key === null) return null
    const row = found.get(key)
    if (!row) issues.push({ path, message: `There is no SLO ${key}. Choose one of the list.` })
    else if (row.deletedAt) issues.push({ path, message: `“${row.name}” was deleted. Bring it back, or choose another SLO.` })
    else if (path === 'result' && (row.indicator as Indicator).kind !== 'composite')
      issues.push({ path, message: `“${row.name}” is no composite. Choose one, or create the composite SLO of this journey.` })
    return row?.id ?? null
  }
  const steps = journey.steps.map(({ slo, ...step }, position) => ({
    ...step,
    position,
    sloId: idOf(slo, `steps.${position}.slo`),
  }))
  const resultSloId = idOf(journey.result, 'result')
  if (issues[0]) throw new HeadroomError('INVALID_INPUT', issues[0].message, issues)
  return { steps, resultSloId }
}

const columnsOf = ({ steps: _, result: __, ...columns }: JourneyInput) => columns
