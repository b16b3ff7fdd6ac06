import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { canReadSlos } from '../slo/policy'
import { DRIFT_STATES, type DriftState } from './drift'
import { fileDrift } from './reads-files'
import type { DriftReport, SloDriftRow, SourceDrift } from './report'
import type { DriftQuery } from './schema'

const RANK = `array_position(ARRAY[${DRIFT_STATES.map((state) => `'${state}'`).join()}], d.state)`
const LIVING = `s.deleted_at IS NULL AND s.lifecycle = 'active'`

const SOURCES = `SELECT c.name, r.asked_at AS "askedAt", r.checked_at AS "checkedAt", r.problem, r.message,
    coalesce(r.loaded, 0) AS loaded, coalesce(r.services, '[]') AS services, coalesce(r.gone, '[]') AS gone,
    (SELECT count(*)::int FROM slo s WHERE s.data_source_id = c.id AND ${LIVING}) AS slos,
    (SELECT coalesce(jsonb_object_agg(x.state, x.n), '{}') FROM (SELECT d.state, count(*)::int AS n FROM slo_rule_drift d
      JOIN slo s ON s.id = d.slo_id WHERE s.data_source_id = c.id AND ${LIVING} GROUP BY d.state) x) AS counts
  FROM data_source c LEFT JOIN rule_check r ON r.data_source_id = c.id ORDER BY c.name`

const SLOS = `SELECT s.id, s.slug, s.name, jsonb_build_object('slug', v.slug, 'name', v.name) AS service, c.name AS source,
    d.state, d.problems, d.since, count(*) OVER ()::int AS matched
  FROM slo_rule_drift d JOIN slo s ON s.id = d.slo_id JOIN service v ON v.id = s.service_id JOIN data_source c ON c.id = s.data_source_id
  WHERE d.state <> 'in-step' AND ${LIVING} AND ($1::text IS NULL OR c.name = $1)
  ORDER BY ${RANK}, v.slug, s.slug LIMIT $2 OFFSET $3`

/** What sources had loaded when they were last asked, and what files said when they were last applied. Asks nobody. */
export async function driftReport(actor: Actor, { source, page, limit }: DriftQuery): Promise<DriftReport> {
  authorize(canReadSlos(actor), 'Sign in to see drift.')
  const [sources, slos, files] = await Promise.all([
    pool().query<Omit<SourceDrift, 'counts'> & { counts: Partial<Record<DriftState, number>> }>(SOURCES),
    pool().query<SloDriftRow & { matched: number }>(SLOS, [source ?? null, limit, (page - 1) * limit]),
    fileDrift(),
  ])
  return {
    sources: sources.rows.map((row) => ({ ...row, counts: { ...NONE, ...row.counts } })),
    slos: slos.rows.map(({ matched: _, ...row }) => row),
    matched: slos.rows[0]?.matched ?? 0,
    ...files,
  }
}

const NONE = Object.fromEntries(DRIFT_STATES.map((state) => [state, 0])) as Record<DriftState, number>
