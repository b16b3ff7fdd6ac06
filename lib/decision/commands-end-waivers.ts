import type pg from 'pg'
import { recordAudit } from '../audit/commands'
import { transaction } from '../db/client'
import { log } from '../log'
import { loadCorrections } from '../measurement/corrections'
import { loadDefinitions } from '../measurement/definitions'
import { countersAt, keepMarks, keyOf } from '../measurement/marks'
import { badOf, between } from '../slo/counts'
import { budgetInEvents } from '../slo/error-budget'
import { windowLength } from '../slo/window'
import type { Ratio, UnixSeconds } from '../time-series/units'
import { tellOfWaiver } from './commands-tell'
import { endOf } from './waiver'

const SYSTEM = { type: 'system', job: 'poller' } as const

type Held = { id: number; serviceId: number; activeFrom: number; untilTs: number; budgetLimit: number }
type Spent = { share: Ratio; sloId: number | null }

/** Brings up to date what waivers in force have let go, and ends those whose time or budget is over. Returns how many ended. */
export async function endWaivers(pool: pg.Pool, now: UnixSeconds): Promise<number> {
  const { rows } = await pool.query<Held>(
    `SELECT id, service_id AS "serviceId", active_from AS "activeFrom", until_ts AS "untilTs", budget_limit AS "budgetLimit"
     FROM waiver WHERE status = 'active' ORDER BY id`,
  )
  let ended = 0
  for (const held of rows)
    ended += await endOne(pool, held, now).catch((error: unknown) => {
      log.error({ err: error, waiver: held.id }, 'a waiver could not be followed')
      return 0
    })
  return ended
}

async function endOne(pool: pg.Pool, held: Held, now: UnixSeconds): Promise<number> {
  const spent = await spentSince(pool, held, now)
  await pool.query(
    `UPDATE waiver SET spent = greatest(spent, $2), spent_slo_id = CASE WHEN $2 > spent THEN $3 ELSE spent_slo_id END
       WHERE id = $1 AND status = 'active'`,
    [held.id, spent.share, spent.sloId],
  )
  const why = endOf({ ...held, spent: spent.share }, now)
  return why !== null && (await end(held.id, why, now)) ? 1 : 0
}

/** Share of the budget that went since it began, of the gating SLO where most went. */
async function spentSince(pool: pg.Pool, { serviceId, activeFrom }: Held, now: UnixSeconds): Promise<Spent> {
  const { rows } = await pool.query<{ id: number; ts: number; history: number | null }>(
    `SELECT s.id, st.ts, e.history_from AS history FROM slo s JOIN slo_status st ON st.slo_id = s.id
     JOIN slo_evaluation e ON e.slo_id = s.id
     WHERE s.service_id = $1 AND s.gating AND s.deleted_at IS NULL AND s.lifecycle = 'active'`,
    [serviceId],
  )
  const { definitions } = await loadDefinitions(pool, { ids: rows.map(({ id }) => id) })
  const { lens } = await loadCorrections(pool, definitions)
  const due = rows.flatMap(({ id, ts, history }) => {
    const rules = definitions.find((one) => one.id === id)?.rules
    if (!rules || ts <= activeFrom || history === null) return []
    const length = windowLength(rules.window, ts)
    return [{ id, ts, rules, length, opens: Math.max(history, ts - length) }]
  })
  // Minutes are kept for two days, a waiver may hold for weeks.
  await keepMarks(
    pool,
    due.map(({ id }) => ({ sloId: id, ts: activeFrom })),
    now,
  )
  const instants = due.flatMap(({ id, ts, opens }) => [activeFrom, ts, opens].map((at) => ({ sloId: id, ts: at })))
  const counters = await countersAt(pool, instants, now)
  let most: Spent = { share: 0, sloId: null }
  for (const { id, ts, rules, length, opens } of due) {
    const at = (instant: UnixSeconds) => {
      const raw = counters.get(keyOf({ sloId: id, ts: instant }))
      return raw && lens(id)(instant, raw)
    }
    const [start, end, opened] = [at(activeFrom), at(ts), at(opens)]
    if (!start || !end || !opened) continue
    // The traffic of a whole window's length up to now, also where a period has just begun.
    const total = (between(opened, end).total * length) / Math.max(1, ts - opens)
    const { allowed } = budgetInEvents({ good: 0, total, measured: 0 }, rules.target)
    const share = allowed > 0 ? badOf(between(start, end)) / allowed : 0
    if (share > most.share) most = { share, sloId: id }
  }
  return most
}

const end = (id: number, why: string, now: UnixSeconds): Promise<boolean> =>
  transaction(async (tx) => {
    const { count } = await tx.waiver.updateMany({
      where: { id, status: 'active' },
      data: { status: 'ended', endedAt: now, endReason: why, revision: { increment: 1 } },
    })
    if (count === 0) return false
    const waiver = await tx.waiver.findUniqueOrThrow({
      where: { id },
      include: { service: { select: { id: true, slug: true, name: true, tier: true, team: { select: { slug: true } } } } },
    })
    await recordAudit(tx, SYSTEM, { action: 'waiver.end', entityType: 'waiver', entityId: id, after: { why } })
    await tellOfWaiver(tx, { waiver, event: 'waiver.ended', at: now, words: [why] })
    if (waiver.requestId !== null)
      await tx.releaseEvent.create({
        data: {
          requestId: waiver.requestId,
          at: now,
          kind: 'waiver',
          text: `Waiver W-${id} ended. ${why}`,
          authorName: 'Headroom',
        },
      })
    return true
  })
