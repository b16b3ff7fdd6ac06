import { db, pool } from '../db/client'
import { EMIL, type IncidentWorld, incidentWorld, NOON, SOFIA, VERA } from '../incident/incident-world-fixture'
import { DAY, HOUR, MINUTE } from '../time-series/units'

/** A minute in which every request fails. */
const OUTAGE = 100
export const OUTAGE_AT = NOON - 2 * DAY
/** 1 % of seven days is 100.8 minutes: two and a half budgets. */
export const OUTAGE_LASTS = 252 * MINUTE

/**
 * The world of incidents, where the orders of checkout were out long enough to spend two and a half budgets, half of it in an
 * incident; payments stayed within theirs.
 */
export async function priorityWorld(): Promise<IncidentWorld & { incident: number }> {
  const world = await incidentWorld()
  const { orders, pages, minutes, cards, checkout } = world
  const out = (ts: number) => (ts >= OUTAGE_AT && ts < OUTAGE_AT + OUTAGE_LASTS ? OUTAGE : 0)
  await world.measure(orders, NOON, out)
  await world.measure(pages, NOON, () => 0)
  await world.measure(minutes, NOON, () => 0)
  await world.measure(cards, NOON, (ts) => (ts % HOUR === 0 ? 30 : 0))
  const { id } = await db().incident.create({
    data: {
      ...{
        title: 'Orders are lost',
        severity: 'sev1',
        status: 'resolved',
        origin: 'person',
        openedBy: EMIL.id,
        openedByName: 'Emil',
      },
      ...{ startedAt: OUTAGE_AT, detectedAt: OUTAGE_AT, resolvedAt: OUTAGE_AT + OUTAGE_LASTS },
      services: { create: [{ serviceId: checkout }] },
      impacts: { create: [{ sloId: orders, fromTs: OUTAGE_AT, toTs: OUTAGE_AT + OUTAGE_LASTS }] },
      actions: { create: [{ title: 'Watch the queue' }] },
    },
  })
  await db().team.updateMany({ data: { slug: 'shop', name: 'Shop' } })
  const team = await db().team.findFirstOrThrow()
  for (const { id: person } of [VERA, EMIL, SOFIA]) await db().user.update({ where: { id: person }, data: { teamId: team.id } })
  await pool().query(`INSERT INTO journey (slug, name, criticality) VALUES ('buy', 'Buy something', 'high')`)
  await pool().query(
    `INSERT INTO journey_step (journey_id, position, name, sli_type, slo_id) SELECT id, 0, 'Pay', 'availability', $1 FROM journey`,
    [orders],
  )
  return { ...world, incident: id }
}
