import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import type { UnixSeconds } from '../time-series/units'
import { canReadPriorities, WHO_READS } from './policy'
import { isUnknown, type Ranked, rank } from './priority'
import { type Facts, factsOf } from './reads-facts'
import { windowLedgers } from './reads-ledgers'
import { type Evidence, recommend } from './recommend'
import type { Priorities, PriorityRow, TeamToil } from './schema'
import { toilOf } from './toil'

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)

/** Gaps in the order in which they are worth closing, with what to do about each; of one team, if one is named. */
export async function priorities(
  actor: Actor,
  { team, most = Number.POSITIVE_INFINITY }: { team?: string | undefined; most?: number } = {},
  now = clock(),
): Promise<Priorities> {
  authorize(canReadPriorities(actor), WHO_READS)
  const { asOf, facts } = await factsOf(actor, now)
  const { gaps, unknown } = rank(facts)
  const wanted = gaps.filter((gap) => team === undefined || gap.team.slug === team).slice(0, most)
  return {
    asOf,
    gaps: await withActions(wanted),
    unknown: unknown.filter((one) => team === undefined || one.team.slug === team).map(rowOf),
  }
}

const rowOf = <T extends Facts>({ findings: _, burnDay: __, ...row }: T): Omit<T, 'findings' | 'burnDay'> => row

async function withActions(gaps: Ranked<Facts>[]): Promise<Ranked<PriorityRow>[]> {
  const ledgers = await windowLedgers(gaps.map(({ slo }) => slo.id))
  const lines = [...ledgers.values()].flatMap(({ ledger }) => ledger.lines)
  const incidents = await incidentsOf(lines.flatMap(({ cause }) => (cause?.kind === 'incident' ? [cause.id] : [])))
  const services = await db().service.findMany({ select: { name: true, team: { select: { name: true } } } })
  const teamOf = new Map(services.map(({ name, team }) => [name, team.name]))
  return gaps.map((gap) => {
    const drawn = ledgers.get(gap.slo.id)
    const consumed = drawn?.ledger.consumed ?? 0
    const window = drawn?.window.kind === 'rolling' ? consumed : null
    const { findings, burnDay, alerts, pace } = gap
    const seen: Evidence = {
      ...{ sloId: gap.slo.id, consumed, lines: drawn?.ledger.lines ?? [], findings, alerts, incidents, teamOf },
      burn: { day: burnDay, pace, window },
    }
    return { ...rowOf(gap), actions: recommend(seen) }
  })
}

async function incidentsOf(ids: number[]): Promise<Evidence['incidents']> {
  const rows = await db().incident.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: {
      id: true,
      resolvedAt: true,
      reviewedAt: true,
      actions: { where: { doneAt: null }, select: { title: true }, orderBy: { id: 'asc' } },
    },
  })
  return new Map(
    rows.map(({ id, resolvedAt, reviewedAt, actions }) => [
      id,
      { ended: resolvedAt !== null, reviewed: reviewedAt !== null, open: actions.map(({ title }) => title) },
    ]),
  )
}

/** How much toil each team may have, from how its budgets stand now. Teams that build nothing are left out. */
export async function teamToils(actor: Actor, now = clock()): Promise<TeamToil[]> {
  authorize(canReadPriorities(actor), WHO_READS)
  const { facts } = await factsOf(actor, now)
  const teams = await teamsOf()
  return teams.map((team) => {
    const own = facts.filter((one) => one.team.slug === team.slug)
    const judged = own.filter((one) => !isUnknown(one))
    return toilOfTeam(
      team,
      judged.map(({ consumed }) => 1 - (consumed ?? 0)),
      own.length,
    )
  })
}

export type StoredTeam = { id: number; slug: string; name: string; size: number | null; version: number; known: number }

/** Teams that build a service, with how many of their people are known. */
export async function teamsOf(): Promise<StoredTeam[]> {
  const rows = await db().team.findMany({
    where: { services: { some: {} } },
    include: { _count: { select: { users: { where: { disabledAt: null } } } } },
    orderBy: { name: 'asc' },
  })
  return rows.map(({ id, slug, name, size, version, _count }) => ({ id, slug, name, size, version, known: _count.users }))
}

export const toilOfTeam = ({ slug, name, size, version, known }: StoredTeam, remaining: number[], slos: number): TeamToil => ({
  ...toilOf(remaining, size ?? known),
  team: { slug, name, version },
  ...{ known, set: size, judged: remaining.length, slos },
})

/** Who may own a gap. */
export async function priorityOwners(actor: Actor): Promise<{ id: string; name: string }[]> {
  authorize(canReadPriorities(actor), WHO_READS)
  const where = { disabledAt: null, role: { not: 'viewer' as const } }
  return db().user.findMany({ where, select: { id: true, name: true }, orderBy: { name: 'asc' } })
}
