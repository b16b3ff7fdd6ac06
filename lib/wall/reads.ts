import 'server-only'
import { createHash } from 'node:crypto'
import type { Place } from '../alert/in-force'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, pool } from '../db/client'
import { HeadroomError } from '../errors'
import { loadBudgetPolicies } from '../measurement/error-budget-policies'
import { PLACES } from '../policy/reads'
import { freezesWithin } from '../policy/verdict'
import { type Tier, tierText } from '../service/tier'
import type { OverviewTable } from '../slo/overview-rows'
import { canReadSlos } from '../slo/policy'
import { overviewTable } from '../slo/reads-overview'
import { DAY, floorTo, HOUR, toUnix, type UnixSeconds } from '../time-series/units'
import { canReadWallLinks, WHO_READS } from './policy'
import type { WallPass } from './reads-links'
import type { WallFilter, WallView } from './schema'
import { sharing } from './shared'
import { LATE, wallOf } from './view'

/** Freezes that begin later are nobody's business yet. */
const AHEAD = 14 * DAY
const AT_MOST = 3
/** What the holder of a link reads, the portal reads for them: they are nobody, and this is all they get. */
const PORTAL: Actor = { type: 'system', job: 'wall' }

type Answer = { view: WallView; version: string }
/** However many screens ask, the database is asked once in so many seconds. */
const shared = sharing<Answer>(3)

/** The wall for a person, or for whoever holds a link; what a link is limited to, no address widens. */
export async function wall(
  viewer: { actor: Actor } | { pass: WallPass },
  asked: WallFilter,
  now: UnixSeconds = toUnix(new Date()),
): Promise<Answer> {
  if ('actor' in viewer) authorize(canReadSlos(viewer.actor) && canReadWallLinks(viewer.actor), WHO_READS)
  const limits = 'pass' in viewer ? viewer.pass : { team: null, tier: null }
  const [team, tier] = [limits.team ?? asked.team ?? null, limits.tier ?? asked.tier ?? null]
  return shared(`${team} ${tier}`, now, () => answerFor(team, tier, now))
}

type Shown = { team: number | null; tier: Tier | null }

async function answerFor(slug: string | null, tier: Tier | null, now: UnixSeconds): Promise<Answer> {
  const team = await teamNamed(slug)
  const words = tier === null ? null : tierText(tier)
  const table = await overviewTable(PORTAL)
  const { staleSlos, ...seen } = seenOf(table, team?.name ?? null, words)
  const shown = { team: team?.id ?? null, tier }
  const view: WallView = {
    ...seen,
    of: [...(team ? [team.name] : []), ...(words === null ? [] : [`${words} services`])],
    behind: await behindOf(shown, seen.asOf),
    ...(await staleSources(staleSlos)),
    ...(await freezesOf(shown, now)),
  }
  return { view, version: createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22) }
}

type Seen = ReturnType<typeof wallOf>
const known = new WeakMap<OverviewTable, Map<string, Seen>>()

/** Worked out once for each version of the table. */
function seenOf(table: OverviewTable, team: string | null, tier: string | null): Seen {
  const ofTable = known.get(table) ?? new Map<string, Seen>()
  known.set(table, ofTable)
  const key = `${team} ${tier}`
  const seen = ofTable.get(key) ?? wallOf(table, { team, tier })
  ofTable.set(key, seen)
  return seen
}

async function teamNamed(slug: string | null): Promise<{ id: number; name: string } | null> {
  if (slug === null) return null
  const found = await db().team.findUnique({ where: { slug }, select: { id: true, name: true } })
  if (!found) throw new HeadroomError('NOT_FOUND', `There is no team “${slug}”. Correct the address of the wall.`)
  return found
}

const OF_SHOWN = `($1::int IS NULL OR v.team_id = $1) AND ($2::text IS NULL OR v.tier::text = $2)`

/** SLOs whose source answers and whose evaluation is yet older than the newest one by more than a poller that works is late. */
async function behindOf({ team, tier }: Shown, asOf: UnixSeconds | null): Promise<WallView['behind']> {
  if (asOf === null) return { count: 0, since: null }
  const { rows } = await pool().query<WallView['behind']>(
    `SELECT count(*)::int AS count, min(st.ts) AS since FROM slo_status st JOIN slo s ON s.id = st.slo_id JOIN service v ON v.id = s.service_id
     WHERE s.deleted_at IS NULL AND s.lifecycle = 'active' AND ${OF_SHOWN} AND st.stale_since IS NULL AND st.ts < $3`,
    [team, tier, asOf - LATE],
  )
  return rows[0] ?? { count: 0, since: null }
}

/** The sources behind stale SLOs, newest loss first: what was lost long ago is known. */
async function staleSources(slos: number[]): Promise<Pick<WallView, 'stale' | 'moreStale'>> {
  if (slos.length === 0) return { stale: [], moreStale: 0 }
  const { rows } = await pool().query<WallView['stale'][number]>(
    `SELECT d.name AS source, min(st.stale_since) AS since, count(*)::int AS slos
     FROM slo_status st JOIN slo s ON s.id = st.slo_id JOIN data_source d ON d.id = s.data_source_id
     WHERE s.id = ANY($1) AND st.stale_since IS NOT NULL GROUP BY d.name ORDER BY since DESC, d.name`,
    [slos],
  )
  return { stale: rows.slice(0, AT_MOST), moreStale: Math.max(0, rows.length - AT_MOST) }
}

let laidOut: { key: string; freezes: WallView['freezes'] } | undefined

/** Freezes of the policies that hold for these services or single SLOs of them, nearest first. Laid out by the hour: rules of days take a while. */
async function freezesOf({ team, tier }: Shown, now: UnixSeconds): Promise<Pick<WallView, 'freezes' | 'moreFreezes'>> {
  const policyFor = await loadBudgetPolicies(pool())
  const { rows } = await pool().query<Place>(
    `SELECT p.* FROM (${PLACES}) p JOIN service v ON v.id = p."serviceId" WHERE ${OF_SHOWN}`,
    [team, tier],
  )
  const policies = [...new Map(rows.map(policyFor).map((one) => [one.id, one])).values()]
  const from = floorTo(now, HOUR)
  const key = `${from} ${policies.map(({ id, version }) => `${id}.${version}`).join(' ')}`
  if (laidOut?.key !== key) {
    const freezes = policies.flatMap(({ name: policy, settings }) =>
      freezesWithin(settings, from, from + AHEAD).map((freeze) => ({
        name: freeze.name,
        policy,
        from: freeze.from,
        to: freeze.to,
      })),
    )
    laidOut = { key, freezes: freezes.sort((a, b) => a.from - b.from || a.to - b.to) }
  }
  const ahead = laidOut.freezes.filter(({ to }) => to > now)
  return { freezes: ahead.slice(0, AT_MOST), moreFreezes: Math.max(0, ahead.length - AT_MOST) }
}
