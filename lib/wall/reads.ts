import 'server-only'
import { createHash } from 'node:crypto'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, pool } from '../db/client'
import { HeadroomError } from '../errors'
import { loadBudgetPolicies } from '../measurement/error-budget-policies'
import { ofService } from '../policy/in-force'
import { freezesWithin } from '../policy/verdict'
import { tierText } from '../service/tier'
import type { OverviewTable } from '../slo/overview-rows'
import { canReadSlos } from '../slo/policy'
import { overviewTable } from '../slo/reads-overview'
import { DAY, floorTo, HOUR, toUnix, type UnixSeconds } from '../time-series/units'
import { canReadWallLinks, WHO_READS } from './policy'
import type { WallPass } from './reads-links'
import type { WallFilter, WallView } from './schema'
import { wallOf } from './view'

type Seen = ReturnType<typeof wallOf>

/** Freezes that begin later are nobody's business yet. */
const AHEAD = 14 * DAY
const AT_MOST = 3
/** What the holder of a link reads, the portal reads for them: they are nobody, and this is all they get. */
const PORTAL: Actor = { type: 'system', job: 'wall' }

/** The wall for a person, or for whoever holds a link; what a link is limited to, no address widens. */
export async function wall(
  viewer: { actor: Actor } | { pass: WallPass },
  asked: WallFilter,
  now: UnixSeconds = toUnix(new Date()),
): Promise<{ view: WallView; version: string }> {
  if ('actor' in viewer) authorize(canReadSlos(viewer.actor) && canReadWallLinks(viewer.actor), WHO_READS)
  const limits = 'pass' in viewer ? viewer.pass : { team: null, tier: null }
  const team = await teamNamed(limits.team ?? asked.team ?? null)
  const tier = limits.tier ?? asked.tier ?? null
  const words = tier === null ? null : tierText(tier)
  const { staleSlos, ...seen } = seenOf(await overviewTable(PORTAL), team?.name ?? null, words)
  const view: WallView = {
    ...seen,
    of: [...(team ? [team.name] : []), ...(words === null ? [] : [`${words} services`])],
    stale: await staleSources(staleSlos),
    freezes: await freezesOf({ team: team?.id ?? null, tier }, now),
  }
  return { view, version: createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22) }
}

const kept = new WeakMap<OverviewTable, Map<string, Seen>>()

/** Worked out once per table and filter: many screens cost one. */
function seenOf(table: OverviewTable, team: string | null, tier: string | null): Seen {
  const of = kept.get(table) ?? new Map<string, Seen>()
  kept.set(table, of)
  const key = JSON.stringify([team, tier])
  const seen = of.get(key) ?? wallOf(table, { team, tier })
  of.set(key, seen)
  return seen
}

async function teamNamed(slug: string | null): Promise<{ id: number; name: string } | null> {
  if (slug === null) return null
  const found = await db().team.findUnique({ where: { slug }, select: { id: true, name: true } })
  if (!found) throw new HeadroomError('NOT_FOUND', `There is no team “${slug}”. Correct the address of the wall.`)
  return found
}

/** The sources behind stale SLOs, oldest loss first. */
async function staleSources(slos: number[]): Promise<WallView['stale']> {
  if (slos.length === 0) return []
  const { rows } = await pool().query<WallView['stale'][number]>(
    `SELECT d.name AS source, min(st.stale_since) AS since, count(*)::int AS slos
     FROM slo_status st JOIN slo s ON s.id = st.slo_id JOIN data_source d ON d.id = s.data_source_id
     WHERE s.id = ANY($1) AND st.stale_since IS NOT NULL GROUP BY d.name ORDER BY since, d.name LIMIT $2`,
    [slos, AT_MOST],
  )
  return rows
}

type Place = { id: number; tier: string }
let laidOut: { key: string; freezes: WallView['freezes'] } | undefined

/** Freezes of the policies in force for these services that last or come. Laid out by the hour: rules of days take a while. */
async function freezesOf({ team, tier }: { team: number | null; tier: string | null }, now: UnixSeconds) {
  const policyFor = await loadBudgetPolicies(pool())
  const { rows } = await pool().query<Place>(
    `SELECT id, tier::text FROM service WHERE ($1::int IS NULL OR team_id = $1) AND ($2::text IS NULL OR tier::text = $2)`,
    [team, tier],
  )
  const policies = [...new Map(rows.map((one) => policyFor(ofService(one.id, one.tier))).map((one) => [one.id, one])).values()]
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
  return laidOut.freezes.filter(({ to }) => to > now).slice(0, AT_MOST)
}
