import 'server-only'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { advance, UNFENCED } from '../measurement/advance'
import { countsOf } from '../measurement/inputs'
import { askSource } from '../measurement/measure'
import { newestSamples, samplesAt } from '../measurement/samples'
import { MINUTES, tierAt } from '../measurement/tiers'
import { type PrometheusClient, prometheusClient } from '../prometheus/client'
import { PrometheusRefused, PrometheusUnavailable } from '../prometheus/errors'
import { floorTo, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'
import { boundaryAt } from './boundaries'
import { livingMembers, recount, refreshComposite } from './commands-composite'
import { between, NO_COUNTS, ratioOf } from './counts'
import { asksSource, isComposite } from './definition'
import { isSliced, oneShotOf, SLICE_STRETCH } from './one-shot'
import { canRefreshSlo, canVerifySlo } from './policy'
import { storedSlo } from './reads-stored'
import type { Verification } from './schema'

/** The source gets this long to take in its newest scrape. */
const SETTLE = 30
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
  const refreshed = await bringUp(sloId, floorTo(now - SETTLE, MINUTE), now)
  return refreshed.ok ? audited(actor, sloId, refreshed.at) : refreshed
}

/** A composite is brought up after its members: what cannot be measured now leaves it at the minute they share. */
async function bringUp(sloId: number, to: UnixSeconds, now: UnixSeconds): Promise<Refreshed> {
  const { row, definition } = await storedSlo(sloId)
  const newest = (await newestSamples(pool(), [sloId])).get(sloId)
  if (!newest || to - newest.ts > REACH)
    return { ok: false, message: 'History is still being read. The poller brings this SLO up to date.' }
  if (newest.ts >= to) return { ok: true, at: row.ts ?? newest.ts }
  if (isComposite(definition)) {
    for (const member of await livingMembers(definition)) await bringUp(member, to, now)
    return { ok: true, at: await refreshComposite(definition, newest, to, now) }
  }
  const source = { client: clientOf(row.sourceUrl), dialect: row.dialect }
  const stretch = { from: newest.ts, to, step: MINUTE }
  try {
    const work = { definitions: [definition], start: countsOf([newest]), stretch, now, judge: true, fence: UNFENCED }
    const { refused } = await advance(pool(), askSource(source), work)
    const words = refused.get(sloId)
    return words ? { ok: false, message: `The source refuses this query: ${words}` } : { ok: true, at: to }
  } catch (error) {
    if (error instanceof PrometheusUnavailable) return { ok: false, message: error.message }
    throw error
  }
}

async function audited(actor: Actor, sloId: number, at: UnixSeconds): Promise<Refreshed> {
  await transaction((tx) => recordAudit(tx, actor, { action: 'slo.refresh', entityType: 'slo', entityId: sloId, after: { at } }))
  return { ok: true, at }
}

const clientOf = (url: string): PrometheusClient => prometheusClient({ url, timeoutSeconds: 60 })

/**
 * Sets the portal's count beside what one PromQL query over the same stretch says, and a composite's beside what its
 * members' counters say now. Nothing is written.
 */
export async function verifySlo(actor: Actor, { sloId }: { sloId: number }): Promise<Verification> {
  authorize(canVerifySlo(actor), 'Viewers cannot verify: it asks the source a heavy question. Ask an engineer.')
  const { row, definition, status } = await storedSlo(sloId)
  if (!status || row.historyFrom === null)
    throw new HeadroomError('CONFLICT', 'There is nothing to verify before the first evaluation.')
  const at = status.ts
  const sliced = isSliced(definition.plan, definition.accounting)
  const oldest = Math.max(status.windowFrom, sliced ? at - SLICE_STRETCH : 0)
  const windowFrom = boundaryAt(oldest, at)
  const tier = tierAt(windowFrom, at)
  const [start] = await samplesAt(pool(), tier, [windowFrom], [sloId])
  const [end] = await samplesAt(pool(), MINUTES, [at], [sloId])
  if (!end)
    throw new HeadroomError(
      'CONFLICT',
      `The counters of ${new Date(at * 1000).toISOString()} are no longer kept by the minute. Refresh first.`,
    )
  const counted = between(start ?? NO_COUNTS, end)
  const started = performance.now()
  const asked = asksSource(definition)
    ? await askOneShot(
        clientOf(row.sourceUrl),
        oneShotOf(definition.plan, definition.accounting, at - windowFrom, row.dialect),
        at,
      )
    : { queries: [], counts: await recount(definition, { from: windowFrom, to: at }, at) }
  const ledger = { good: counted.good, total: counted.total, sli: ratioOf(counted) }
  const oneShot = { ...asked.counts, sli: ratioOf({ ...asked.counts, measured: 0 }) }
  const sli = ledger.sli === null || oneShot.sli === null ? null : ledger.sli - oneShot.sli
  return {
    sloId,
    at,
    windowFrom,
    ledger,
    oneShot,
    difference: { good: ledger.good - oneShot.good, total: ledger.total - oneShot.total, sli },
    queries: asked.queries,
    milliseconds: Math.round(performance.now() - started),
  }
}

async function askOneShot(client: PrometheusClient, question: ReturnType<typeof oneShotOf>, at: UnixSeconds) {
  const ask = async (promql: string) => (await client.instant(promql, at))[0]?.value ?? 0
  try {
    if (question.shape === 'slices') {
      const queries = [question.meanQuery, question.countQuery]
      const [mean, count] = [await ask(question.meanQuery), await ask(question.countQuery)]
      return { queries, counts: { good: mean * count, total: count } }
    }
    const queries = [question.partQuery, question.totalQuery]
    const [part, total] = [await ask(question.partQuery), await ask(question.totalQuery)]
    return { queries, counts: { good: question.part === 'good' ? part : total - part, total } }
  } catch (error) {
    if (error instanceof PrometheusUnavailable) throw new HeadroomError('SOURCE_UNAVAILABLE', error.message)
    if (error instanceof PrometheusRefused)
      throw new HeadroomError('SOURCE_REFUSED', `The source refuses this query: ${error.message}`)
    throw error
  }
}
