import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { type Transaction, transaction } from '../db/client'
import { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { canPlan, WHO_PLANS } from './policy'
import type { Estimate } from './schema'

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
const MEANWHILE = 'Somebody else saved this meanwhile. Look at what stands there now, then save again.'

/** Says how much work a gap is, who owns it and where it is tracked, if nobody else did since `version`. */
export async function estimatePriority(
  actor: Actor,
  { slo, version, effort, owner, link, note }: Estimate,
  now = clock(),
): Promise<{ slo: number; version: number }> {
  authorize(canPlan(actor), WHO_PLANS)
  return saving(async (tx) => {
    if (!(await tx.slo.findFirst({ where: { id: slo, deletedAt: null }, select: { id: true } })))
      throw new HeadroomError('NOT_FOUND', `There is no SLO with the number ${slo}.`)
    if (owner) await mustBePerson(tx, owner)
    const before = await tx.reliabilityPriority.findUnique({ where: { sloId: slo } })
    const change = {
      ...(effort !== undefined && { effort }),
      ...(owner !== undefined && { ownerId: owner }),
      ...(link !== undefined && { link }),
      ...(note !== undefined && { note }),
    }
    const data = { ...change, version: version + 1, updatedAt: new Date(now * 1000) }
    if (version === 0) await tx.reliabilityPriority.create({ data: { sloId: slo, ...data } })
    else {
      const { count } = await tx.reliabilityPriority.updateMany({ where: { sloId: slo, version }, data })
      if (count === 0) throw new HeadroomError('CONFLICT', MEANWHILE)
    }
    await recordAudit(tx, actor, {
      ...{ action: 'priority.estimate', entityType: 'slo', entityId: slo },
      ...(before && {
        before: { ...{ effort: before.effort, owner: before.ownerId, link: before.link, note: before.note, version } },
      }),
      after: { ...{ effort, owner, link, note }, version: version + 1 },
    })
    return { slo, version: version + 1 }
  })
}

async function mustBePerson(tx: Transaction, id: string): Promise<void> {
  if (await tx.user.findFirst({ where: { id, disabledAt: null }, select: { id: true } })) return
  const message = 'There is no such person. Choose one of the list.'
  throw new HeadroomError('INVALID_INPUT', message, [{ path: 'owner', message }])
}

/** Says how many people share the work of a team; null: as many as are known. */
export async function setTeamSize(
  actor: Actor,
  { team: slug, size, version }: { team: string; size: number | null; version: number },
): Promise<{ team: string; version: number }> {
  authorize(canPlan(actor), WHO_PLANS)
  return saving(async (tx) => {
    const team = await mustFindTeam(tx, slug)
    const { count } = await tx.team.updateMany({ where: { slug, version }, data: { size, version: version + 1 } })
    if (count === 0) throw new HeadroomError('CONFLICT', MEANWHILE)
    await recordAudit(tx, actor, {
      ...{ action: 'team.size', entityType: 'team', entityId: team.id },
      before: { size: team.size, version },
      after: { size, version: version + 1 },
    })
    return { team: slug, version: version + 1 }
  })
}

type Plan = { team: string; quarter: string; reliability: number; note: string; version: number }

/** Writes down how a team and its product owner agreed to share a quarter. */
export async function savePlan(
  actor: Actor,
  { team: slug, quarter, reliability, note, version }: Plan,
  now = clock(),
): Promise<{ team: string; quarter: string; version: number }> {
  authorize(canPlan(actor), WHO_PLANS)
  return saving(async (tx) => {
    const team = await mustFindTeam(tx, slug)
    const key = { teamId: team.id, quarter }
    const before = await tx.capacityPlan.findUnique({ where: { teamId_quarter: key } })
    const data = { reliability, note, decidedBy: actorName(actor), decidedAt: now, version: version + 1 }
    if (version === 0) await tx.capacityPlan.create({ data: { ...key, ...data } })
    else {
      const { count } = await tx.capacityPlan.updateMany({ where: { ...key, version }, data })
      if (count === 0) throw new HeadroomError('CONFLICT', MEANWHILE)
    }
    await recordAudit(tx, actor, {
      ...{ action: 'capacity_plan.save', entityType: 'team', entityId: team.id },
      ...(before && { before: { quarter, reliability: before.reliability, note: before.note, version } }),
      after: { quarter, reliability, note, version: version + 1 },
    })
    return { team: slug, quarter, version: version + 1 }
  })
}

async function mustFindTeam(tx: Transaction, slug: string): Promise<{ id: number; size: number | null }> {
  const team = await tx.team.findUnique({ where: { slug }, select: { id: true, size: true } })
  if (!team) throw new HeadroomError('NOT_FOUND', `There is no team “${slug}”.`)
  return team
}

/** Two who write the first version at once: the second one is told. */
async function saving<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  try {
    return await transaction(work)
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
      throw new HeadroomError('CONFLICT', MEANWHILE)
    throw error
  }
}
