import 'server-only'
import { Gauge, Registry } from 'prom-client'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { overviewTable } from '../slo/reads'
import { SLO_STATES } from '../slo/state'
import { toUnix } from '../time-series/units'
import { processMetrics } from './process'

const SLO_LABELS = ['slo', 'name', 'service', 'team', 'tier'] as const

const PORTAL = `SELECT
  (SELECT count(*) FROM service)::int AS services,
  (SELECT count(*) FROM slo WHERE deleted_at IS NULL AND lifecycle = 'active')::int AS slos,
  (SELECT count(*) FROM slo_evaluation e JOIN slo s ON s.id = e.slo_id
    WHERE s.deleted_at IS NULL AND s.lifecycle = 'active' AND e.backfill IN ('pending', 'running'))::int AS filling,
  (SELECT count(*) FROM slo_evaluation WHERE quarantined_at IS NOT NULL)::int AS quarantined,
  (SELECT count(*) FROM data_source WHERE stale_since IS NOT NULL)::int AS stale,
  (SELECT count(*) FROM poller_worker WHERE seen > now() - interval '60 seconds')::int AS workers,
  (SELECT extract(epoch FROM now()) - min(next_tick) FROM shard)::float AS lag`
type Portal = Record<'services' | 'slos' | 'filling' | 'quarantined' | 'stale' | 'workers', number> & { lag: number | null }

const DRIFT = `SELECT DISTINCT ON (slo_id) slo_id AS id, drift FROM accuracy_sample ORDER BY slo_id, at DESC`

const RECOUNTS = `SELECT slo_id AS id, count(*)::int AS found FROM measurement_correction
  WHERE at > now() - interval '30 days' GROUP BY slo_id`

/** What Prometheus may know of the portal, of this process and of every SLO, as text. */
export async function metricsText(actor: Actor, now = toUnix(new Date())): Promise<string> {
  const registry = new Registry()
  const table = await overviewTable(actor)
  const portal = (await pool().query<Portal>(PORTAL)).rows[0]
  const drift = new Map((await pool().query<{ id: number; drift: number | null }>(DRIFT)).rows.map((row) => [row.id, row.drift]))
  const corrected = new Map((await pool().query<{ id: number; found: number }>(RECOUNTS)).rows.map((row) => [row.id, row.found]))
  const plain = (name: string, help: string, value: number | null | undefined) => {
    const gauge = new Gauge({ name, help, registers: [registry] })
    if (value != null) gauge.set(value)
  }
  plain('headroom_services', 'Services in the catalogue.', portal?.services)
  plain('headroom_slos', 'SLOs that are evaluated.', portal?.slos)
  plain('headroom_backfills_running', 'SLOs whose history is being read.', portal?.filling)
  plain('headroom_slos_quarantined', 'SLOs whose query the source refuses.', portal?.quarantined)
  plain('headroom_sources_stale', 'Sources that do not answer.', portal?.stale)
  plain('headroom_poller_workers', 'Pollers seen in the last minute.', portal?.workers)
  plain('headroom_poller_lag_seconds', 'How far the slowest shard is behind its next evaluation.', portal?.lag)
  const { columns } = table
  const perSlo = <L extends string = never>(name: string, help: string, extra: L[] = []) =>
    new Gauge({ name, help, labelNames: [...SLO_LABELS, ...extra], registers: [registry] })
  const remaining = perSlo('headroom_slo_budget_remaining_ratio', 'Share of the error budget left; negative when overspent.')
  const sli = perSlo('headroom_slo_sli_ratio', 'Good share of the window.')
  const target = perSlo('headroom_slo_target_ratio', 'Good share that is promised.')
  const burn = perSlo('headroom_slo_burn_rate', 'Times faster than planned.', ['lookback'])
  const state = perSlo('headroom_slo_state', '1 for the state that holds.', ['state'])
  const alert = perSlo('headroom_slo_alert', '1 while an alert of this severity is the worst that fires.', ['severity'])
  const coverage = perSlo('headroom_slo_coverage_ratio', 'Share of the window that was measured.')
  const dataAge = perSlo('headroom_slo_data_age_seconds', 'Since the end of the newest minute with data.')
  const stale = perSlo('headroom_slo_stale', '1 while the source does not answer and the figures are frozen.')
  const apart = perSlo('headroom_slo_drift_ratio', 'SLI of the portal minus SLI of one query over the whole window.')
  const corrections = perSlo('headroom_slo_recounts', 'Hours of 30 days that the source counts differently now.')
  columns.id.forEach((id, row) => {
    const labels = {
      slo: String(id),
      name: columns.name[row] ?? '',
      service: columns.serviceSlug[row] ?? '',
      team: columns.team[row] ?? '',
      tier: columns.tier[row] ?? '',
    }
    const set = (gauge: Gauge, value: number | null | undefined, more = {}) =>
      value != null && gauge.set({ ...labels, ...more }, value)
    set(remaining, columns.remaining[row])
    set(sli, columns.sli[row])
    set(target, columns.target[row])
    set(burn, columns.burn1h[row], { lookback: '1h' })
    set(burn, columns.burn6h[row], { lookback: '6h' })
    set(burn, columns.burn24h[row], { lookback: '24h' })
    for (const name of SLO_STATES) set(state, columns.state[row] === name ? 1 : 0, { state: name })
    for (const severity of ['page', 'ticket']) set(alert, columns.alert[row] === severity ? 1 : 0, { severity })
    set(coverage, columns.coverage[row])
    const last = columns.lastDataTs[row]
    set(dataAge, last == null ? null : now - last)
    set(stale, columns.staleSince[row] == null ? 0 : 1)
    set(apart, drift.get(id))
    set(corrections, corrected.get(id) ?? 0)
  })
  plain('headroom_evaluated_timestamp_seconds', 'Instant of the newest evaluation.', table.asOf)
  return `${await registry.metrics()}\n${await processMetrics().registry.metrics()}`
}
