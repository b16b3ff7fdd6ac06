import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { HeadroomError } from '../errors'
import type { Tier } from '../service/tier'
import { ratioOf } from '../slo/counts'
import type { Period } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'
import { proposeSplit } from './capacity'
import { type LargestCause, type Planning, type QuarterRow, type StoredPlan, spentByKind, type WaiverUsed } from './planning'
import { canReadPriorities, WHO_READS } from './policy'
import { periodOf, type Quarter, quarterOf, quartersFrom } from './quarter'
import { priorities, type StoredTeam, teamsOf, toilOfTeam } from './reads'
import { type PeriodLedger, periodLedgers } from './reads-ledgers'

const clock = (): UnixSeconds => Math.floor(Date.now() / 1000)
const TOP = 5
/** Less than this of one budget is no matter for a quarter's plan. */
const NOTABLE = 0.01

/** What a team looks at when it plans: the quarter that is named, or runs, and a proposal for the next one. Throws NOT_FOUND. */
export async function planning(
  actor: Actor,
  { team: slug, quarter: asked }: { team: string; quarter?: Quarter | undefined },
  now = clock(),
): Promise<Planning> {
  authorize(canReadPriorities(actor), WHO_READS)
  const team = (await teamsOf()).find((one) => one.slug === slug)
  if (!team) throw new HeadroomError('NOT_FOUND', `There is no team “${slug}” that builds a service.`)
  const quarter = asked ?? quarterOf(now)
  const period = periodOf(quarter)
  const slos = await slosOf(team)
  const ledgers = await periodLedgers(
    slos.map(({ slo }) => slo.id),
    period,
  )
  const rows = slos.map((slo) => quarterRow(slo, ledgers.get(slo.slo.id)))
  const judged = rows.filter(({ consumed }) => consumed !== null)
  const overspent = judged.filter(({ met }) => met === false)
  const waivers = await waiversOf(team, period)
  const next = quartersFrom(quarter, 1)
  const plans = await plansOf(team, [quarter, next])
  const { asOf, gaps } = await priorities(actor, { team: slug, most: TOP }, now)
  return {
    ...{ team: { slug, name: team.name }, quarter, period, running: now <= period.to, asOf, rows },
    ...{ judged: judged.length, met: judged.length - overspent.length },
    ...{ largest: largestOf(slos, ledgers), waivers, ...(await countsOf(team, period)), top: gaps },
    toil: toilOfTeam(
      team,
      judged.map(({ consumed }) => 1 - (consumed ?? 0)),
      rows.length,
    ),
    proposal: proposeSplit({
      ...{ judged: judged.length, overspent: overspent.length, waivers: waivers.length },
      exhaustedCritical: [...new Set(overspent.flatMap(({ tier, service }) => (tier === 'critical' ? [service.name] : [])))],
    }),
    ...{ next, plan: plans.get(next) ?? null, agreed: plans.get(quarter) ?? null },
  }
}

type TeamSlo = Pick<QuarterRow, 'slo' | 'service' | 'tier' | 'target'>

async function slosOf({ id }: StoredTeam): Promise<TeamSlo[]> {
  const rows = await db().slo.findMany({
    where: { deletedAt: null, lifecycle: 'active', service: { teamId: id } },
    select: { id: true, name: true, target: true, service: { select: { slug: true, name: true, tier: true } } },
    orderBy: [{ service: { name: 'asc' } }, { name: 'asc' }],
  })
  return rows.map(({ id: sloId, name, target, service }) => ({
    ...{ slo: { id: sloId, name }, service: { slug: service.slug, name: service.name }, tier: service.tier as Tier, target },
  }))
}

function quarterRow(slo: TeamSlo, found: PeriodLedger | undefined): QuarterRow {
  const counts = found?.ledger.counts
  const sli = counts ? ratioOf(counts) : null
  if (!found || sli === null || (counts?.total ?? 0) < found.minEvents)
    return {
      ...slo,
      target: found?.target ?? slo.target,
      sli: null,
      consumed: null,
      met: null,
      spent: spentByKind([]),
      since: null,
    }
  const { consumed, lines, period } = found.ledger
  const since = found.measuredFrom > period.from ? found.measuredFrom : null
  return { ...slo, target: found.target, sli, consumed, met: consumed <= 1, spent: spentByKind(lines), since }
}

function largestOf(slos: TeamSlo[], ledgers: Map<number, PeriodLedger>): LargestCause[] {
  const all = slos.flatMap(({ slo, service }) =>
    (ledgers.get(slo.id)?.ledger.lines ?? []).flatMap(({ cause, share }): LargestCause[] => {
      if (!cause || share < NOTABLE) return []
      const place = { kind: cause.kind, slo, service: service.name, share }
      if (cause.kind === 'release')
        return [{ ...place, title: `${cause.service} ${cause.version}`, href: `/releases?service=${cause.slug}` }]
      return [{ ...place, title: cause.title, href: `/incidents/${cause.id}` }]
    }),
  )
  return all.sort((a, b) => b.share - a.share).slice(0, TOP)
}

/** Those that held at any moment of the quarter. */
async function waiversOf({ id }: StoredTeam, { from, to }: Period): Promise<WaiverUsed[]> {
  const rows = await db().waiver.findMany({
    where: { service: { teamId: id }, activeFrom: { not: null, lt: to } },
    include: { service: { select: { name: true } } },
    orderBy: { activeFrom: 'asc' },
  })
  return rows.flatMap(({ id: number, service, reason, activeFrom, endedAt, untilTs, spent, budgetLimit }) => {
    const end = endedAt ?? untilTs
    if (activeFrom === null || end <= from) return []
    return [
      {
        ...{ id: number, service: service.name, reason, from: activeFrom, to: end, spent, limit: budgetLimit },
        ended: endedAt !== null,
      },
    ]
  })
}

async function countsOf({ id }: StoredTeam, { from, to }: Period): Promise<{ releases: number; incidents: number }> {
  const within = { gt: from, lte: to }
  const releases = await db().release.count({ where: { service: { teamId: id }, releasedAt: within } })
  const incidents = await db().incident.count({
    where: { services: { some: { service: { teamId: id } } }, startedAt: within, falsePositive: false },
  })
  return { releases, incidents }
}

async function plansOf({ id }: StoredTeam, quarters: Quarter[]): Promise<Map<Quarter, StoredPlan>> {
  const rows = await db().capacityPlan.findMany({ where: { teamId: id, quarter: { in: quarters } } })
  return new Map(
    rows.map(({ quarter, reliability, note, decidedBy, decidedAt, version }) => [
      quarter,
      { quarter, reliability, note, by: decidedBy, at: decidedAt, version },
    ]),
  )
}

/** Teams to choose from, and the actor's own first when it is known. */
export async function planningTeams(actor: Actor): Promise<{ teams: { slug: string; name: string }[]; own: string | null }> {
  authorize(canReadPriorities(actor), WHO_READS)
  const teams = await teamsOf()
  const user =
    actor.type === 'user'
      ? await db().user.findUnique({ where: { id: actor.id }, select: { team: { select: { slug: true } } } })
      : null
  const own = teams.find(({ slug }) => slug === user?.team?.slug) ?? teams[0]
  return { teams: teams.map(({ slug, name }) => ({ slug, name })), own: own?.slug ?? null }
}
