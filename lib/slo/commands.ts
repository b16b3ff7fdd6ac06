import 'server-only'
import { recordAuditOn } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { HeadroomError } from '../errors'
import { type Alongside, advance, UNFENCED } from '../measurement/advance'
import { type Asked, askOneShot } from '../measurement/ask-one-shot'
import { countsOf } from '../measurement/inputs'
import { askSource } from '../measurement/measure'
import { newestSamples, samplesAt } from '../measurement/samples'
import { MINUTES, tierAt } from '../measurement/tiers'
import { type PrometheusClient, prometheusClient } from '../prometheus/client'
import { PrometheusUnavailable } from '../prometheus/errors'
import { floorTo, HOUR, MINUTE, type UnixSeconds } from '../time-series/units'
import { boundaryAt } from './boundaries'
import { livingMembers, recount, refreshComposite } from './commands-composite'
import { between, NO_COUNTS, ratioOf } from './counts'
import { isComposite, type SourceDefinition } from './definition'
import { canRefreshSlo, canVerifySlo } from './policy'
import { asRefusal } from './reads-source'
import { type StoredSlo, storedSlo } from './reads-stored'
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
  return bringUp(sloId, now, (at) => (client) => {
    const done = { action: 'slo.refresh', entityType: 'slo', entityId: sloId, after: { at } }
    return recordAuditOn(client, actor, done)
  })
}

/** What is written in the transaction that moves the counters, or alone when there was nothing to move. */
type Note = (at: UnixSeconds) => Alongside

/** A composite is brought up after its members: what cannot be measured now leaves it at the minute they share. */
async function bringUp(sloId: number, now: UnixSeconds, note?: Note): Promise<Refreshed> {
  const { row, definition } = await storedSlo(sloId)
  const to = floorTo(now - row.offsetSeconds, MINUTE)
  const newest = (await newestSamples(pool(), [sloId])).get(sloId)
  if (!newest || to - newest.ts > REACH)
    return { ok: false, message: 'History is still being read. The poller brings this SLO up to date.' }
  if (newest.ts >= to) {
    const at = row.ts ?? newest.ts
    await note?.(at)(pool())
    return { ok: true, at }
  }
  if (isComposite(definition)) {
    for (const member of await livingMembers(definition)) await bringUp(member, now)
    return { ok: true, at: await refreshComposite(definition, newest, { until: to, now, note }) }
  }
  const source = { client: clientOf(row.sourceUrl), dialect: row.dialect }
  const stretch = { from: newest.ts, to, step: MINUTE }
  try {
    const work = { definitions: [definition], start: countsOf([newest]), stretch, now, judge: true, fence: UNFENCED }
    const { refused } = await advance(pool(), askSource(source), { ...work, ...(note && { alongside: note(to) }) })
    const words = refused.get(sloId)
    return words ? { ok: false, message: `The source refuses this query: ${words}` } : { ok: true, at: to }
  } catch (error) {
    if (error instanceof PrometheusUnavailable) return { ok: false, message: error.message }
    throw error
  }
}

const clientOf = (url: string): PrometheusClient => prometheusClient({ url, timeoutSeconds: 60 })

/**
 * Sets the portal's count beside what one PromQL query over the same stretch says, and a composite's beside what its
 * members' counters say now. Nothing is written.
 */
export async function verifySlo(actor: Actor, { sloId }: { sloId: number }): Promise<Verification> {
  authorize(canVerifySlo(actor), 'Viewers cannot verify: it asks the source a heavy question. Ask an engineer.')
  const stored = await storedSlo(sloId)
  const { row, status } = stored
  if (!status || row.historyFrom === null)
    throw new HeadroomError('CONFLICT', 'There is nothing to verify before the first evaluation.')
  const at = status.ts
  const wholeFrom = boundaryAt(status.windowFrom, at)
  const started = performance.now()
  const asked = await countedOtherwise(stored, { from: wholeFrom, to: at })
  const windowFrom = asked.from
  const tier = tierAt(windowFrom, at)
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

/** The same stretch from the source in one question, or from the members of a composite once more. */
async function countedOtherwise({ row, definition }: StoredSlo, stretch: { from: UnixSeconds; to: UnixSeconds }): Promise<Asked> {
  if (isComposite(definition)) {
    const { good, total } = await recount(definition, stretch, stretch.to)
    return { from: stretch.from, good, total, queries: [], parts: 1 }
  }
  const source = { client: clientOf(row.sourceUrl), dialect: row.dialect }
  return askOneShot(source, definition as SourceDefinition, stretch).catch((error: unknown) => {
    throw asRefusal(error)
  })
}
