import type pg from 'pg'
import { loadCorrections } from '../measurement/corrections'
import { loadDefinitions } from '../measurement/definitions'
import { countersAt, keyOf } from '../measurement/marks'
import { between } from '../slo/counts'
import type { SloDefinition } from '../slo/definition'
import { windowAt } from '../slo/window'
import { HOUR, MINUTE, type UnixSeconds } from '../time-series/units'
import { type Around, type Attribution, attributionOf, instantsOf, type Reading, stretchesOf } from './attribution'

/** Releases of this long ago, or reported this recently, may still have something to say. */
const RECENT = 26 * HOUR
/** Half an hour of history is the least there is to compare with. */
const HISTORY = 30 * MINUTE

type Release = Around & { id: number; serviceId: number }
type Slo = { id: number; serviceId: number; newest: UnixSeconds; history: UnixSeconds }
type Found = { releaseId: number; sloId: number; attribution: Attribution | null }

/**
 * Looks at every recent release of the shard's SLOs: proposes what burned faster afterwards, brings proposals up to date
 * while the stretch after the release grows, and takes back those that no longer hold. What somebody decided stays. Doing it
 * again is harmless. Returns how many proposals were written or taken back.
 */
export async function proposeAttributions(pool: pg.Pool, shard: number, at: UnixSeconds): Promise<number> {
  const releases = await recentReleases(pool, at)
  if (releases.length === 0) return 0
  const slos = await slosOf(pool, shard, [...new Set(releases.map(({ serviceId }) => serviceId))])
  if (slos.length === 0) return 0
  const { definitions } = await loadDefinitions(pool, { ids: slos.map(({ id }) => id) })
  const found: Found[] = []
  for (const release of releases) {
    const mine = slos.filter(({ serviceId }) => serviceId === release.serviceId)
    found.push(...(await compare(pool, release, mine, definitions, at)))
  }
  return (await write(pool, found)) + (await takeBack(pool, found))
}

async function recentReleases(pool: pg.Pool, at: UnixSeconds): Promise<Release[]> {
  const { rows } = await pool.query<Release>(
    `SELECT r.id, r.service_id AS "serviceId", r.released_at AS at,
       (SELECT max(o.released_at) FROM release o WHERE o.service_id = r.service_id AND o.released_at < r.released_at) AS before,
       (SELECT min(o.released_at) FROM release o WHERE o.service_id = r.service_id AND o.released_at > r.released_at) AS next
     FROM release r WHERE r.released_at <= $1 AND (r.released_at > $1 - $2::int OR r.created_at > to_timestamp($1::float8 - $2))`,
    [at, RECENT],
  )
  return rows
}

async function slosOf(pool: pg.Pool, shard: number, serviceIds: number[]): Promise<Slo[]> {
  const { rows } = await pool.query<Slo>(
    `SELECT s.id, s.service_id AS "serviceId", st.ts AS newest, e.history_from AS history
     FROM slo s JOIN slo_status st ON st.slo_id = s.id JOIN slo_evaluation e ON e.slo_id = s.id
     WHERE s.shard = $1 AND s.service_id = ANY($2::int[]) AND s.deleted_at IS NULL AND s.lifecycle = 'active'
       AND e.history_from IS NOT NULL`,
    [shard, serviceIds],
  )
  return rows
}

async function compare(pool: pg.Pool, release: Release, slos: Slo[], all: SloDefinition[], at: UnixSeconds): Promise<Found[]> {
  const due = slos.flatMap((slo) => {
    const stretches = slo.history <= release.at - HISTORY ? stretchesOf(release, slo.newest) : null
    const definition = all.find(({ id }) => id === slo.id)
    return stretches && definition ? { slo, stretches, definition } : []
  })
  const wanted = due.flatMap(({ slo, stretches: { before, after }, definition }) =>
    [...instantsOf(before), ...instantsOf(after), windowAt(definition.rules.window, after.to).from].map((ts) => ({
      sloId: slo.id,
      ts,
    })),
  )
  const counters = await countersAt(pool, wanted, at)
  const { lens } = await loadCorrections(
    pool,
    due.map(({ definition }) => definition),
  )
  return due.flatMap(({ slo, stretches: { before, after }, definition }) => {
    const readingAt = (ts: UnixSeconds): Reading[] => {
      const raw = counters.get(keyOf({ sloId: slo.id, ts }))
      return raw ? [{ ts, ...lens(slo.id)(ts, raw) }] : []
    }
    const { window, target } = definition.rules
    const { from, to } = windowAt(window, after.to)
    const [opened, closed] = [readingAt(from)[0], readingAt(after.to)[0]]
    const edges = [before.from, before.to].every((ts) => readingAt(ts).length > 0)
    if (!opened || !closed || !edges) return []
    // Of a calendar window only a part has passed; the rest is expected to be like it.
    const windowTotal = (between(opened, closed).total * (to - from)) / Math.max(1, after.to - from)
    const sides = { before: instantsOf(before).flatMap(readingAt), after: instantsOf(after).flatMap(readingAt) }
    return { releaseId: release.id, sloId: slo.id, attribution: attributionOf({ ...sides, target, windowTotal }) }
  })
}

/** Every figure of the evidence is shown: whoever decides names the version, and so decides on what was shown. */
async function write(pool: pg.Pool, found: Found[]): Promise<number> {
  const rows = found.flatMap(({ releaseId, sloId, attribution }) => (attribution ? { releaseId, sloId, ...attribution } : []))
  if (rows.length === 0) return 0
  const { rowCount } = await pool.query(
    `INSERT INTO release_attribution AS a (release_id, slo_id, from_ts, to_ts, baseline, evidence)
     SELECT n.* FROM unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::float8[], $6::jsonb[]) AS n (release_id, slo_id, from_ts, to_ts, baseline, evidence)
     JOIN release r ON r.id = n.release_id
     ON CONFLICT (release_id, slo_id) DO UPDATE
       SET from_ts = EXCLUDED.from_ts, to_ts = EXCLUDED.to_ts, baseline = EXCLUDED.baseline, evidence = EXCLUDED.evidence,
         version = a.version + 1
     WHERE a.status = 'proposed' AND a.evidence IS DISTINCT FROM EXCLUDED.evidence`,
    [
      rows.map(({ releaseId }) => releaseId),
      rows.map(({ sloId }) => sloId),
      rows.map(({ from }) => from),
      rows.map(({ to }) => to),
      rows.map(({ baseline }) => baseline),
      rows.map(({ evidence }) => JSON.stringify(evidence)),
    ],
  )
  return rowCount ?? 0
}

/** An exclusion that was approved meanwhile, or quiet hours, may leave nothing of a proposal. */
async function takeBack(pool: pg.Pool, found: Found[]): Promise<number> {
  const gone = found.filter(({ attribution }) => attribution === null)
  const { rowCount } = await pool.query(
    `DELETE FROM release_attribution a USING unnest($1::int[], $2::int[]) AS n (release_id, slo_id)
     WHERE a.release_id = n.release_id AND a.slo_id = n.slo_id AND a.status = 'proposed'`,
    [gone.map(({ releaseId }) => releaseId), gone.map(({ sloId }) => sloId)],
  )
  return rowCount ?? 0
}
