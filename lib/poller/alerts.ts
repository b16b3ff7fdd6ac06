import type pg from 'pg'
import type { Alert, AlertEvent } from '../alert/alert'
import { alertNumbers, insertAlerts, insertEvents, moveAlerts, type Stored, updateAlerts } from '../alert/commands-keep'
import { UNASSIGNED } from '../alert/in-force'
import { ended, nextAlerts, type Step } from '../alert/lifecycle'
import { type Firing, mutesOf } from '../alert/mute'
import { mayBegin, readingOf } from '../alert/reading'
import { dependencies, hasOrphans, maintenanceAt, type OpenAlert, openAlerts, servicesOf } from '../alert/reads-open'
import type { AlertTransition, Mute } from '../alert/transition'
import { oneAtATime } from '../incident/commands-store'
import { followAlerts } from '../incident/follow-alerts'
import { type Fence, Fenced, type Judged } from '../measurement/advance'
import { tellOfAlerts } from '../notify/alert-notices'
import type { SloDefinition } from '../slo/definition'
import type { UnixSeconds } from '../time-series/units'
import { log } from './log'

type Queryable = Pick<pg.Pool, 'query'>
type Moved = Step & { alert: Stored; before: OpenAlert | undefined; serviceId: number }

/**
 * Takes alerts one reading further: what fires, what is mute, and what follows from it, all in the tick's transaction. When
 * that fails it leaves no trace, the minute is measured all the same, and the next tick finds the same changes again.
 */
export const judgeAlerts: Judged = async (client, judged, at) => {
  await client.query('SAVEPOINT alerts')
  try {
    const fires = await moveOn(client, judged, at)
    await client.query('RELEASE SAVEPOINT alerts')
    return fires
  } catch (error) {
    await client.query('ROLLBACK TO SAVEPOINT alerts')
    log.error({ err: error, at }, 'alerts stand still: what follows from them could not be written')
    return new Map()
  }
}

async function moveOn(client: Queryable, judged: Parameters<Judged>[1], at: UnixSeconds): ReturnType<Judged> {
  const open = await openAlerts(client)
  const bySlo = grouped(open)
  const steps = judged.flatMap(({ definition, status }) => {
    const mine = bySlo.get(definition.id)
    return mine || mayBegin(status) ? nextAlerts(mine ?? [], readingOf(definition.id, definition.rules, status)) : []
  })
  const fires = steps.some(({ events }) => events.some(({ kind }) => kind === 'fired'))
  // What another shard or source found in this minute mutes as well: whoever fires waits until that is written.
  if (fires) await oneAtATime(client)
  const seen = fires ? await openAlerts(client) : open
  const moved = await numbered(client, open, steps)
  const definitions = new Map(judged.map(({ definition }) => [definition.id, definition]))
  await muted(client, moved, { open: seen, definitions, at })
  await keep(client, moved, at)
  const firing = moved.filter(({ alert }) => alert.state === 'firing').map(({ alert }) => alert)
  const found = grouped(firing)
  return new Map(judged.map(({ definition: { id } }) => [id, found.get(id) ?? []]))
}

function grouped<A extends Alert>(alerts: A[]): Map<number, A[]> {
  const found = new Map<number, A[]>()
  for (const alert of alerts) found.set(alert.sloId, [...(found.get(alert.sloId) ?? []), alert])
  return found
}

async function numbered(client: Queryable, open: OpenAlert[], steps: Step[]): Promise<Moved[]> {
  const known = new Map(open.map((alert) => [alert.id, alert]))
  const fresh = steps.filter(({ alert }) => alert.id === null)
  const numbers = await alertNumbers(client, fresh.length)
  const services = fresh.length > 0 ? await servicesOf(client, [...new Set(fresh.map(({ alert }) => alert.sloId))]) : new Map()
  return steps.map(({ alert, events }) => {
    const before = alert.id === null ? undefined : known.get(alert.id)
    const id = alert.id ?? (numbers.shift() as number)
    // The object stays the same where nothing changed: only what changed is written.
    const stored = alert === before ? before : { ...alert, id }
    return { alert: stored, events, before, serviceId: before?.serviceId ?? services.get(alert.sloId) ?? 0 }
  })
}

type Around = { open: OpenAlert[]; definitions: Map<number, SloDefinition>; at: UnixSeconds }

async function muted(client: Queryable, moved: Moved[], { open, definitions, at }: Around): Promise<void> {
  const firing = moved.filter(({ alert }) => alert.state === 'firing')
  if (firing.length === 0) return
  const { needs, names } = await dependencies(client)
  const planned = await maintenanceAt(client, [...new Set(firing.map(({ alert }) => alert.sloId))], at)
  const asFiring = (alert: Alert, serviceId: number) => ({ ...alert, serviceId }) as Firing
  const mutes = mutesOf(
    firing.map(({ alert, serviceId }) => asFiring(alert, serviceId)),
    {
      needs: (service) => needs.get(service) ?? [],
      nameOf: (service) => names.get(service) ?? '',
      maintenance: (sloId) => planned.get(sloId) ?? null,
      others: open
        .filter(({ sloId, state, gone }) => state === 'firing' && !gone && !definitions.has(sloId))
        .map((alert) => asFiring(alert, alert.serviceId)),
      policyOf: (sloId) => (definitions.get(sloId)?.rules.alerting ?? UNASSIGNED).settings,
    },
  )
  for (const one of firing) {
    const mute = mutes.get(one.alert.id) ?? null
    if (JSON.stringify(mute) === JSON.stringify(one.alert.muted)) continue
    if (mute?.because !== one.alert.muted?.because) one.events.push(muteEvent(mute, at))
    one.alert = { ...one.alert, muted: mute }
  }
}

const muteEvent = (mute: Mute | null, at: UnixSeconds): AlertEvent =>
  mute ? { kind: 'muted', at, mute } : { kind: 'unmuted', at }

/** Writes what changed and hands on what people are to know. */
async function keep(client: Queryable, moved: Moved[], at: UnixSeconds): Promise<void> {
  const inserted = await insertAlerts(
    client,
    moved.filter(({ before }) => !before).map(({ alert }) => alert),
  )
  const known = moved.filter(({ before, alert }) => before || inserted.has(alert.id))
  const changed = known.filter(({ before, alert }) => before && before !== alert)
  const moves = changed.filter(({ before, alert }) => before?.state === alert.state).map(({ alert }) => alert)
  await moveAlerts(client, moves)
  await updateAlerts(
    client,
    changed.filter(({ before, alert }) => before?.state !== alert.state).map(({ alert }) => alert),
  )
  await insertEvents(
    client,
    known.flatMap(({ alert, events }) => events.map((event) => ({ ...event, alertId: alert.id }))),
  )
  const transitions = known.flatMap((one) => transitionOf(one, at))
  if (transitions.length === 0) return
  await tellOfAlerts(client, transitions, await followAlerts(client, transitions))
}

function transitionOf({ alert, before, events, serviceId }: Moved, at: UnixSeconds): AlertTransition[] {
  const kinds = new Set(events.map(({ kind }) => kind))
  const kind = (['fired', 'resolved', 'muted', 'unmuted'] as const).find((one) => kinds.has(one))
  // Another reason for the same silence is nothing new.
  if (!kind || alert.firedAt === null || (kind === 'muted' && before?.muted)) return []
  const { id: alertId, sloId, severity, long, short, firedAt, pendingSince, heldAt, muted, incidentId } = alert
  const evidence = (kind === 'resolved' && alert.endEvidence) || alert.evidence
  return [
    { alertId, kind, at, sloId, serviceId, severity, long, short, firedAt, pendingSince, heldAt, muted, incidentId, evidence },
  ]
}

/** Alerts of SLOs that nobody judges any more are over; nobody else would say so. */
export async function closeOrphans(pool: pg.Pool, { shard, fence, at }: { shard: number; fence: Fence; at: UnixSeconds }) {
  if (!(await hasOrphans(pool, shard))) return
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    if (!(await fence(client))) throw new Fenced()
    const orphans = (await openAlerts(client)).filter((alert) => alert.gone && alert.shard === shard)
    const moved = orphans.map((before) => {
      const step = ended(before, { at }, 'its SLO is not measured any more')
      return { ...step, alert: { ...step.alert, id: before.id }, before, serviceId: before.serviceId }
    })
    await keep(client, moved, at)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}
