import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool, type Transaction, transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { applyCorrections } from './commands-apply'
import { FALSE_POSITIVES_IN_STEP } from './false-positives'
import { type CorrectionVerb, nextStatus } from './lifecycle'
import { canDecideCorrections, canRequestCorrection, decisionProblem, personBehind, WHO_DECIDES, WHO_REQUESTS } from './policy'
import { slosInScope, storedCorrection } from './reads'
import { effectsOf } from './reads-effect'
import { scheduleSchema } from './schedule'
import type { CorrectionStatus, NewCorrection, SloEffect } from './schema'

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue
const person = (actor: Actor): string => personBehind(actor) ?? actorId(actor)

/** What a correction would do to every budget it touches. Writes nothing. */
export async function previewCorrection(actor: Actor, asked: NewCorrection, now = clock()): Promise<SloEffect[]> {
  authorize(canRequestCorrection(actor), WHO_REQUESTS)
  const { ids } = await slosInScope(asked.scope)
  return effectsOf({ add: asked, sloIds: ids }, now)
}

/** Asks for a correction. Nothing counts otherwise until somebody else has approved it. */
export async function requestCorrection(actor: Actor, asked: NewCorrection): Promise<{ id: number }> {
  authorize(canRequestCorrection(actor), WHO_REQUESTS)
  const scope = await slosInScope(asked.scope)
  return { id: await transaction((tx) => requested(tx, actor, asked, scope)) }
}

/** Asks for several, all or none. `alongside`: what has to be written together with the requests or not at all. */
export async function requestCorrections(
  actor: Actor,
  asked: NewCorrection[],
  alongside: (tx: Transaction, ids: number[]) => Promise<void>,
): Promise<{ ids: number[] }> {
  authorize(canRequestCorrection(actor), WHO_REQUESTS)
  const scopes = await Promise.all(asked.map(({ scope }) => slosInScope(scope)))
  return transaction(async (tx) => {
    const ids: number[] = []
    for (const [i, scope] of scopes.entries()) ids.push(await requested(tx, actor, asked[i] as NewCorrection, scope))
    await alongside(tx, ids)
    return { ids }
  })
}

type InScope = Awaited<ReturnType<typeof slosInScope>>

async function requested(tx: Transaction, actor: Actor, asked: NewCorrection, { ids, serviceId }: InScope): Promise<number> {
  const { kind, cause, reason } = asked
  const what = asked.kind === 'exclusion' ? { schedule: asJson(asked.schedule) } : { minutes: asked.minutes, grantedAt: asked.at }
  const { id } = await tx.correction.create({
    data: {
      ...{ kind, cause, reason, serviceId, requestedBy: person(actor), requestedByName: actorName(actor) },
      ...what,
      ...(serviceId === null && { slos: { create: ids.map((sloId) => ({ sloId })) } }),
    },
  })
  const audit = { action: 'correction.request', entityType: 'correction', entityId: id, after: asJson(asked) }
  await recordAudit(tx, actor, audit)
  return id
}

type Decided = { id: number; status: CorrectionStatus; effect: SloEffect[] }

/** Approves or refuses what somebody else asked for. An approval counts at once; its effect is kept with it. */
export async function decideCorrection(
  actor: Actor,
  { id, version, verdict, note }: { id: number; version: number; verdict: 'approve' | 'refuse'; note: string },
  now = clock(),
): Promise<Decided> {
  authorize(canDecideCorrections(actor), WHO_DECIDES)
  const stored = await storedCorrection(id)
  const problem = decisionProblem(actor, stored.requestedBy)
  authorize(problem === null, problem ?? undefined)
  const effect = verdict === 'approve' ? await effectsOf({ add: askedFor(stored), sloIds: await touchedBy(stored) }, now) : []
  return move(actor, { id, version, verb: verdict, note, effect }, now)
}

/** Takes back a request, or an approved correction: budgets are what they would be without it. */
export async function withdrawCorrection(
  actor: Actor,
  { id, version, note }: { id: number; version: number; note: string },
  now = clock(),
): Promise<Decided> {
  const stored = await storedCorrection(id)
  const own = stored.status === 'requested' && person(actor) === stored.requestedBy
  authorize(
    own || canDecideCorrections(actor),
    'Only who asked for it, SLO owners, product owners and administrators withdraw it.',
  )
  const effect = stored.status === 'approved' ? await effectsOf({ remove: id, sloIds: await touchedBy(stored) }, now) : []
  return move(actor, { id, version, verb: 'withdraw', note, effect }, now)
}

type Move = { id: number; version: number; verb: CorrectionVerb; note: string; effect: SloEffect[] }

async function move(actor: Actor, { id, version, verb, note, effect }: Move, now: UnixSeconds): Promise<Decided> {
  const stored = await storedCorrection(id)
  const status = nextStatus(stored.status, verb)
  if (!status)
    throw new HeadroomError('CONFLICT', `This correction is ${stored.status} already. Ask for a new one if that is not right.`)
  await transaction(async (tx) => {
    const { count } = await tx.correction.updateMany({
      where: { id, version, status: stored.status },
      data: {
        ...{ status, version: version + 1 },
        ...(verb === 'withdraw'
          ? { withdrawnByName: actorName(actor), withdrawnAt: new Date(now * 1000), withdrawalNote: note }
          : {
              ...{ decidedBy: person(actor), decidedByName: actorName(actor), decidedAt: new Date(now * 1000) },
              ...{ decisionNote: note, ...(verb === 'approve' && { effect: asJson(effect) }) },
            }),
      },
    })
    if (count === 0) throw new HeadroomError('CONFLICT', 'Somebody decided about this correction meanwhile. Read it again.')
    await recordAudit(tx, actor, {
      action: `correction.${verb}`,
      entityType: 'correction',
      entityId: id,
      before: { status: stored.status, version },
      after: asJson({ status, version: version + 1, note, effect }),
    })
    if (status !== 'approved') await tx.$executeRawUnsafe(FALSE_POSITIVES_IN_STEP, now)
  })
  if (status === 'approved' || stored.status === 'approved') await applyCorrections(pool(), { ids: await touchedBy(stored) }, now)
  return { id, status, effect }
}

type Stored = Awaited<ReturnType<typeof storedCorrection>>

const scopeOf = (stored: Stored): NewCorrection['scope'] =>
  stored.service ? { service: stored.service.slug } : { slos: stored.slos.map(({ slo }) => slo.id) }

/** SLOs that were deleted meanwhile are left out. */
async function touchedBy(stored: Stored): Promise<number[]> {
  return stored.service ? (await slosInScope(scopeOf(stored))).ids : stored.slos.map(({ slo }) => slo.id)
}

function askedFor(stored: Stored): NewCorrection {
  const { kind, cause, reason, schedule, minutes, grantedAt } = stored
  const shared = { cause, reason, scope: scopeOf(stored) }
  return kind === 'credit'
    ? { kind, ...shared, minutes: minutes ?? 0, at: grantedAt ?? 0 }
    : { kind, ...shared, schedule: scheduleSchema.parse(schedule) }
}
