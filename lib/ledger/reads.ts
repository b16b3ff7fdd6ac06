import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, pool } from '../db/client'
import { HeadroomError } from '../errors'
import { loadCorrections, throughLens, unitOf } from '../measurement/corrections'
import { samplesBetween } from '../measurement/samples'
import { FIVES, HOURS } from '../measurement/tiers'
import { boundariesOf } from '../slo/boundaries'
import { canReadSlos } from '../slo/policy'
import { type StoredSlo, storedSlo } from '../slo/reads-stored'
import { versionRules } from '../slo/reads-versions'
import { rulesOverTime } from '../slo/rules-over-time'
import type { StatusRules } from '../slo/status'
import { type Period, windowAt } from '../slo/window'
import { DAY, floorTo, type UnixSeconds } from '../time-series/units'
import { type Burning, burningStretches } from './burning'
import type { CauseStretch } from './cause'
import { bucketsOf, type LedgerQuery, monthPeriod, zoneOf } from './period'
import { drawLedgers } from './reads-many'
import type { ServiceLedger, SloLedger } from './schema'

/** Where the budget of an SLO went, from stored counters; null before its first evaluation. Throws NOT_FOUND. */
export async function sloLedgerIfAny(actor: Actor, id: number, query: LedgerQuery): Promise<SloLedger | null> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read ledgers.')
  return drawUp(await storedSlo(id), query)
}

/** The same, which throws CONFLICT before the first evaluation. */
export async function sloLedger(actor: Actor, id: number, query: LedgerQuery): Promise<SloLedger> {
  const ledger = await sloLedgerIfAny(actor, id, query)
  if (!ledger)
    throw new HeadroomError('CONFLICT', 'This SLO has not been evaluated yet: its ledger begins with the first minute.')
  return ledger
}

/** The same for every SLO of a service that is measured. Throws NOT_FOUND. */
export async function serviceLedger(actor: Actor, slug: string, query: LedgerQuery): Promise<ServiceLedger> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read ledgers.')
  const service = await db().service.findUnique({
    where: { slug },
    select: {
      name: true,
      slos: { where: { deletedAt: null, lifecycle: 'active' }, select: { id: true }, orderBy: { name: 'asc' } },
    },
  })
  if (!service) throw new HeadroomError('NOT_FOUND', `There is no service “${slug}”.`)
  const ledgers = await Promise.all(service.slos.map(async ({ id }) => drawUp(await storedSlo(id), query)))
  return { service: { slug, name: service.name }, ledgers: ledgers.filter((one) => one !== null) }
}

async function drawUp(stored: StoredSlo, { period: asked, by }: LedgerQuery): Promise<SloLedger | null> {
  const { row, definition } = stored
  const { ts: now, historyFrom } = row
  if (now === null || historyFrom === null) return null
  const zone = zoneOf(definition.rules.window)
  const whole = asked === 'window' ? windowAt(definition.rules.window, now) : monthPeriod(asked, zone)
  const rules = asked === 'window' ? definition.rules : await rulesAt(row.id, definition.rules, Math.min(whole.to, now))
  const start = asked === 'window' ? boundariesOf(rules, now).window : whole.from
  const period = { from: Math.min(start, now), to: Math.min(whole.to, now) }
  const buckets = bucketsOf(period, by, zone)
  const drawn = (await drawLedgers([{ definition, rules, whole, period, buckets, historyFrom, now }])).get(row.id)
  if (!drawn) return null
  const { ledger, stretches } = drawn
  const { id, name, slug, serviceSlug, serviceName } = row
  return {
    ...ledger,
    slo: { id, name, slug, service: { slug: serviceSlug, name: serviceName } },
    ...{ target: rules.target, unit: unitOf(definition), by, zone, asOf: now, whole },
    open: await openStretches(stored, period, stretches, now),
  }
}

/** A past month is judged by the target in force at its end. */
const rulesAt = async (id: number, rules: StatusRules, ts: UnixSeconds): Promise<StatusRules> =>
  rulesOverTime(rules, await versionRules(id))(ts)

/** Notable burn that no cause covers. */
async function openStretches(
  { row, definition }: StoredSlo,
  { from, to }: Period,
  stretches: CauseStretch[],
  now: UnixSeconds,
): Promise<Burning[]> {
  const tier = now - from <= FIVES.keep - DAY ? FIVES : HOURS
  const span = { from: floorTo(from, tier.step), to: floorTo(to, tier.step), step: tier.step }
  const samples = throughLens(await loadCorrections(pool(), [definition]), await samplesBetween(pool(), tier, row.id, span))
  const found = burningStretches(samples, tier.step, definition.rules.target, Number.POSITIVE_INFINITY)
  const answered = (one: Period) => stretches.some((known) => known.from < one.to && known.to > one.from)
  return found.filter((one) => !answered(one)).slice(0, MOST_OPEN)
}

const MOST_OPEN = 6
