import 'server-only'
import { type Actor, hasRole } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, pool } from '../db/client'
import { HeadroomError } from '../errors'
import { DAY, toUnix, type UnixSeconds } from '../time-series/units'
import { nextStatus } from './lifecycle'
import { canReadCorrections, decisionProblem, personBehind } from './policy'
import { TOUCHED } from './reads-approved'
import { occurrences, type Schedule, scheduleSchema } from './schedule'
import type { CorrectionInfo, NewCorrection, SloEffect } from './schema'
import { scheduleText } from './words'

const WITH = {
  service: { select: { slug: true, name: true } },
  slos: { select: { slo: { select: { id: true, name: true, service: { select: { name: true } } } } } },
} as const
const row = (id: number) => db().correction.findUnique({ where: { id }, include: WITH })
type Row = NonNullable<Awaited<ReturnType<typeof row>>>

export type CorrectionFilter = { sloId?: number; status?: CorrectionInfo['status'] }
const MOST = 300

/** Corrections, newest request first; of one SLO also those of its service. */
export async function listCorrections(
  actor: Actor,
  { sloId, status }: CorrectionFilter = {},
  now = Math.floor(Date.now() / 1000),
): Promise<CorrectionInfo[]> {
  authorize(canReadCorrections(actor), 'Only people who are signed in may read corrections.')
  const touching = sloId === undefined ? null : await idsTouching(sloId)
  const rows = await db().correction.findMany({
    where: { ...(touching && { id: { in: touching } }), ...(status && { status }) },
    include: WITH,
    orderBy: { requestedAt: 'desc' },
    take: MOST,
  })
  return rows.map((one) => infoOf(one, actor, now))
}

/** One correction. Throws NOT_FOUND. */
export async function correction(actor: Actor, id: number, now = Math.floor(Date.now() / 1000)): Promise<CorrectionInfo> {
  authorize(canReadCorrections(actor), 'Only people who are signed in may read corrections.')
  return infoOf(await storedCorrection(id), actor, now)
}

/** For commands, which authorize by what it says. */
export async function storedCorrection(id: number): Promise<Row> {
  const found = await row(id)
  if (!found) throw new HeadroomError('NOT_FOUND', `There is no correction with the number ${id}.`)
  return found
}

async function idsTouching(sloId: number): Promise<number[]> {
  const { rows } = await pool().query<{ id: number }>(`SELECT c.id FROM ${TOUCHED} WHERE s.id = $1`, [sloId])
  return rows.map(({ id }) => id)
}

/** The SLOs that a scope names now. Throws INVALID_INPUT at the field when there are none. */
export async function slosInScope(scope: NewCorrection['scope']): Promise<{ ids: number[]; serviceId: number | null }> {
  const refuse = (message: string) => new HeadroomError('INVALID_INPUT', message, [{ path: 'scope', message }])
  if ('service' in scope) {
    const service = await db().service.findUnique({ where: { slug: scope.service }, select: { id: true } })
    if (!service) throw refuse(`There is no service “${scope.service}”. Choose one of the list.`)
    const slos = await db().slo.findMany({ where: { serviceId: service.id, deletedAt: null }, select: { id: true } })
    return { ids: slos.map(({ id }) => id), serviceId: service.id }
  }
  const ids = [...new Set(scope.slos)]
  const known = await db().slo.findMany({ where: { id: { in: ids }, deletedAt: null }, select: { id: true } })
  const missing = ids.find((id) => !known.some((slo) => slo.id === id))
  if (missing !== undefined) throw refuse(`There is no SLO with the number ${missing}. Choose others.`)
  return { ids, serviceId: null }
}

/** Stretches worth showing: a month back and two weeks ahead. */
const around = (schedule: Schedule, now: UnixSeconds) => occurrences(schedule, { from: now - 30 * DAY, to: now + 14 * DAY })

function infoOf(found: Row, actor: Actor, now: UnixSeconds): CorrectionInfo {
  const schedule = found.schedule === null ? null : scheduleSchema.parse(found.schedule)
  const why = decisionProblem(actor, found.requestedBy)
  const mine = personBehind(actor) === found.requestedBy
  const decides = hasRole(actor, 'slo_owner', 'product_owner', 'administrator')
  return {
    id: found.id,
    version: found.version,
    kind: found.kind,
    cause: found.cause,
    reason: found.reason,
    status: found.status,
    service: found.service,
    slos: found.slos.map(({ slo }) => ({ id: slo.id, name: slo.name, service: slo.service.name })),
    when: schedule ? scheduleText(schedule) : '',
    stretches: schedule ? around(schedule, now) : [],
    minutes: found.minutes,
    grantedAt: found.grantedAt,
    requestedBy: found.requestedByName,
    requestedAt: toUnix(found.requestedAt),
    decidedBy: found.decidedByName,
    decidedAt: found.decidedAt && toUnix(found.decidedAt),
    note: found.decisionNote,
    withdrawnBy: found.withdrawnByName,
    withdrawnAt: found.withdrawnAt && toUnix(found.withdrawnAt),
    withdrawalNote: found.withdrawalNote,
    effect: (found.effect ?? []) as unknown as SloEffect[],
    may: {
      decide: found.status === 'requested' && why === null,
      withdraw: nextStatus(found.status, 'withdraw') !== null && (found.status === 'requested' ? mine || decides : decides),
      why: found.status === 'requested' ? why : null,
    },
  }
}
