import 'server-only'
import { type Change, recordAudit, recordAuditOn } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { type Advance, advance, UNFENCED } from '../measurement/advance'
import { askOneShot } from '../measurement/ask-one-shot'
import { countsOf } from '../measurement/inputs'
import { newestSamples, samplesAt } from '../measurement/samples'
import { FIVES, HOURS, MINUTES } from '../measurement/tiers'
import { type PrometheusClient, prometheusClient } from '../prometheus/client'
import { PrometheusUnavailable } from '../prometheus/errors'
import { floorTo, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'
import { boundaryAt, resolutionAt } from './boundaries'
import { between, NO_COUNTS, ratioOf } from './counts'
import { canRefreshSlo, canVerifySlo } from './policy'
import { asRefusal } from './reads-source'
import { storedSlo } from './reads-stored'
import type { Verification } from './schema'

/** Longer gaps are the poller's work. */
const REACH = 6 * HOUR

export type Refreshed = { ok: true; at: UnixSeconds } | { ok: false; message: string }

/** Measures and evaluates one SLO now, by the same command as the poller's. */
export async function refreshSlo(
  actor: Actor,
  { sloId }: { sloId: number },
  now = Math.floor(Date.now() / 1000),
): Promise<Refreshed> {
  authorize(canRefreshSlo(actor), 'Viewers cannot refresh. Ask an engineer or an owner of the SLO.')
  const { row, definition } = await storedSlo(sloId)
  const to = floorTo(now - row.offsetSeconds, MINUTE)
  const newest = (await newestSamples(pool(), [sloId])).get(sloId)
  if (!newest || to - newest.ts > REACH)
    return { ok: false, message: 'History is still being read. The poller brings this SLO up to date.' }
  const audit = (at: UnixSeconds): Change => ({ action: 'slo.refresh', entityType: 'slo', entityId: sloId, after: { at } })
  if (newest.ts >= to) {
    const at = row.ts ?? newest.ts
    await transaction((tx) => recordAudit(tx, actor, audit(at)))
    return { ok: true, at }
  }
  const source = { client: clientOf(row.sourceUrl), dialect: row.dialect }
  const stretch = { from: newest.ts, to, step: MINUTE }
  try {
    const work = { definitions: [definition], start: countsOf([newest]), stretch, now, judge: true, fence: UNFENCED }
    const alongside: Advance['alongside'] = (client) => recordAuditOn(client, actor, audit(to))
    const { refused } = await advance(pool(), source, { ...work, alongside })
    const words = refused.get(sloId)
    return words ? { ok: false, message: `The source refuses this query: ${words}` } : { ok: true, at: to }
  } catch (error) {
    if (error instanceof PrometheusUnavailable) return { ok: false, message: error.message }
    throw error
  }
}

const clientOf = (url: string): PrometheusClient => prometheusClient({ url, timeoutSeconds: 60 })

/** Sets the portal's count beside what one PromQL query over the same stretch says. Nothing is written. */
export async function verifySlo(actor: Actor, { sloId }: { sloId: number }): Promise<Verification> {
  authorize(canVerifySlo(actor), 'Viewers cannot verify: it asks the source a heavy question. Ask an engineer.')
  const { row, definition, status } = await storedSlo(sloId)
  if (!status || row.historyFrom === null)
    throw new HeadroomError('CONFLICT', 'There is nothing to verify before the first evaluation.')
  const at = status.ts
  const wholeFrom = boundaryAt(status.windowFrom, at)
  const started = performance.now()
  const source = { client: clientOf(row.sourceUrl), dialect: row.dialect }
  const asked = await askOneShot(source, definition, { from: wholeFrom, to: at }).catch((error: unknown) => {
    throw asRefusal(error)
  })
  const windowFrom = asked.from
  const resolution = resolutionAt(at - windowFrom)
  const tier = resolution === MINUTES.step ? MINUTES : resolution === FIVES.step ? FIVES : HOURS
  const [start] = await samplesAt(pool(), tier, [windowFrom], [sloId])
  const [end] = await samplesAt(pool(), MINUTES, [at], [sloId])
  if (!end)
    throw new HeadroomError(
      'CONFLICT',
      `The counters of ${new Date(at * 1000).toISOString()} are no longer kept by the minute. Refresh first.`,
    )
  const counted = between(start ?? NO_COUNTS, end)
  const ledger = { good: counted.good, total: counted.total, sli: ratioOf(counted) }
  const { good, total, queries, parts } = asked
  const oneShot = { good, total, sli: ratioOf({ good, total, measured: 0 }) }
  const sli = ledger.sli === null || oneShot.sli === null ? null : ledger.sli - oneShot.sli
  return {
    sloId,
    at,
    windowFrom,
    wholeFrom,
    parts,
    ledger,
    oneShot,
    difference: { good: ledger.good - oneShot.good, total: ledger.total - oneShot.total, sli },
    queries,
    milliseconds: Math.round(performance.now() - started),
  }
}
