import 'server-only'
import { pairsInForce, UNASSIGNED } from '../alert/in-force'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { findingsOf } from '../finding/reads'
import { MINUTE } from '../time-series/units'
import { canFire, timeToFire } from './alert-pair'
import { isComposite } from './definition'
import type { SloDetail } from './detail'
import { budgetInMinutes } from './error-budget'
import { labelTexts } from './labels'
import { lookbackOf } from './lookback'
import { outlookOfRow } from './outlook-of-row'
import { canReadSlos } from './policy'
import { signalText } from './promql'
import { queriesOf } from './queries'
import { compositeOf } from './reads-composite'
import { measuredStatus } from './reads-effect'
import { recountsOf } from './reads-recounts'
import { type StoredSlo, storedSlo } from './reads-stored'
import { windowAt } from './window'

/** One SLO with everything that explains it. */
export async function sloDetail(actor: Actor, id: number): Promise<SloDetail> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read SLOs.')
  const stored = await storedSlo(id)
  const { row, definition, status } = stored
  const { rules, accounting } = definition
  const { from, to } = windowAt(rules.window, row.ts ?? row.versionSince)
  const kept = { since: row.since ?? 0, ends1h: row.ends1h, ends6h: row.ends6h, ends24h: row.ends24h, backAt: row.backAt }
  const composite = isComposite(definition) ? await compositeOf(definition.plan) : null
  const filled = (row.backfillCursor ?? 0) - (row.backfillFrom ?? 0)
  return {
    id,
    name: row.name,
    slug: row.slug,
    description: row.description,
    service: { slug: row.serviceSlug, name: row.serviceName, tier: row.tier.replace('_', ' '), kind: row.kind, team: row.team },
    indicatorKind: definition.indicator.kind,
    method: accounting.method,
    target: rules.target,
    window: rules.window,
    noDataPolicy: rules.noDataPolicy,
    coverageFloor: rules.coverageFloor,
    minEvents: rules.minEvents,
    gating: row.gating,
    labels: labelTexts(row.serviceLabels, row.labels),
    lifecycle: row.lifecycle,
    version: row.version,
    versionSince: row.versionSince,
    versionAuthor: row.versionAuthor ?? 'unknown',
    managed: row.managed,
    status,
    since: row.since,
    measured: await measuredStatus(stored),
    outlook: status
      ? outlookOfRow(status, rules.window, kept)
      : row.backfill === 'failed'
        ? { kind: 'unmeasured', why: row.backfillError ?? 'Its history could not be read.' }
        : { kind: 'filling', share: Math.max(0, filled) / Math.max(1, (row.backfillTo ?? 0) - (row.backfillFrom ?? 0)) },
    countdown: { h1: row.ends1h, h6: row.ends6h, h24: row.ends24h },
    policy: rules.policy,
    budgetPolicy: { slug: stored.policy.slug, name: stored.policy.name },
    pairs: pairsOf(stored, to - from),
    alerting: alertingOf(rules),
    budgetMinutes: budgetInMinutes(rules.target, to - from),
    backfill: {
      state: row.backfill,
      from: row.backfillFrom,
      to: row.backfillTo,
      cursor: row.backfillCursor,
      error: row.backfillError,
    },
    quarantine: row.quarantinedAt === null ? null : { since: row.quarantinedAt, error: row.quarantineError ?? '' },
    source: {
      name: row.sourceName,
      staleSince: composite ? null : row.sourceStaleSince,
      lastError: row.sourceError,
      retryAt: row.sourceRetryAt,
    },
    findings: await findingsOf(id),
    queries: queriesOf(definition.plan).map(({ signal, ask }) => ({ signal, promql: signalText(ask, MINUTE, row.dialect) })),
    recounts: await recountsOf(actor, id),
    composite,
    ...(await neighbours(id)),
  }
}

function pairsOf({ definition: { rules }, status }: StoredSlo, length: number): SloDetail['pairs'] {
  const burnOver = (seconds: number): number | null => status?.burn[lookbackOf(seconds)] ?? null
  const frozen = status?.state === 'no-data'
  return pairsInForce(rules, length).map((pair) => {
    const fires = timeToFire(pair, rules.target, 1)
    return {
      ...pair,
      longBurn: burnOver(pair.long),
      shortBurn: burnOver(pair.short),
      holds: status?.alerts.some(({ long }) => long === pair.long) ?? false,
      frozen,
      canFire: canFire(pair, rules.target),
      fullOutageFiresAfter: fires === null ? null : fires + pair.for,
    }
  })
}

function alertingOf({ alerting = UNASSIGNED }: StoredSlo['definition']['rules']): SloDetail['alerting'] {
  const { slug, name, version, scope, settings } = alerting
  return { slug, name, version, scope, keepFiring: settings.keepFiring }
}

/** The SLOs before and after this one, in the order of services and names. */
async function neighbours(id: number): Promise<{ previousId: number | null; nextId: number | null }> {
  const { rows } = await pool().query<{ previousId: number | null; nextId: number | null }>(
    `SELECT before AS "previousId", after AS "nextId" FROM (
       SELECT s.id, lag(s.id) OVER w AS before, lead(s.id) OVER w AS after FROM slo s JOIN service v ON v.id = s.service_id
       WHERE s.deleted_at IS NULL AND s.lifecycle = 'active' WINDOW w AS (ORDER BY v.slug, s.slug)) ordered WHERE id = $1`,
    [id],
  )
  return rows[0] ?? { previousId: null, nextId: null }
}
