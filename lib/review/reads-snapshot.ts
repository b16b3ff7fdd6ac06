import 'server-only'
import type { Actor } from '../auth/actor'
import { db, pool } from '../db/client'
import { measuredOf } from '../measurement/measured'
import type { Outlook } from '../slo/outlook'
import type { OverviewTable } from '../slo/overview-rows'
import { overviewTable } from '../slo/reads-overview'
import { DAY, type UnixSeconds } from '../time-series/units'
import { agendaOf } from './agenda'
import { evidenceOf, leftAt } from './reads-evidence'
import { actionsLeft, incidentsSince, requestsSince, waiversToSee } from './reads-facts'
import { type CycleRow, servicesOf } from './reads-scope'
import { type FrozenSlo, type Snapshot, snapshotSchema } from './snapshot'

/** Where nobody reviewed before, this far is looked back. */
const FIRST = 7 * DAY

type Last = { id: number; asOf: UnixSeconds; slos: Map<number, Pick<FrozenSlo, 'state' | 'remaining'>> }

/**
 * Everything a meeting shows, as it stands now. A tick of the poller between two questions would make figures disagree: then all
 * are read once more.
 */
export async function takeSnapshot(
  actor: Actor,
  cycle: CycleRow,
  { occurrence, next }: { occurrence: UnixSeconds; next: UnixSeconds | null },
  now: UnixSeconds,
): Promise<Snapshot> {
  const table = await overviewTable(actor)
  const first = await snapshotFrom(actor, table, { cycle, occurrence, next, now })
  const again = await overviewTable(actor)
  return again.version === table.version ? first : snapshotFrom(actor, again, { cycle, occurrence, next, now })
}

type Asked = { cycle: CycleRow; occurrence: UnixSeconds; next: UnixSeconds | null; now: UnixSeconds }

async function snapshotFrom(actor: Actor, table: OverviewTable, { cycle, occurrence, next, now }: Asked): Promise<Snapshot> {
  const [last, services] = [await lastReview(cycle.id), await servicesOf(cycle)]
  const since = last?.asOf ?? now - FIRST
  const asked = { slugs: new Set(services.map(({ slug }) => slug)), since, now }
  const slos = await withBefore(sloRows(table, asked.slugs), last, since)
  const facts = {
    incidents: await incidentsSince(actor, asked),
    actions: await actionsLeft(cycle, now),
    requests: await requestsSince(asked),
    waivers: await waiversToSee(actor, asked),
  }
  const items = agendaOf({ since, now, slos, ...facts })
  const shown = new Set(items.flatMap(({ kind, id }) => (kind === 'slo' && id !== null ? [id] : [])))
  const asOf = await newestOf(
    slos.map(({ id }) => id),
    now,
  )
  const evidence = await evidenceOf(
    slos.filter(({ id }) => shown.has(id)),
    { since, asOf },
  )
  return {
    ...{ format: 1, asOf, takenAt: now, since, last: last?.id ?? null, occurrence, next, timeZone: cycle.timeZone },
    cycle: {
      name: cycle.name,
      scope: cycle.serviceId === null ? 'team' : 'service',
      of: named(cycle.team ?? cycle.service ?? { slug: '', name: '' }),
    },
    ...{ checklist: cycle.checklist, services, slos, ...facts, items },
    evidence: Object.fromEntries(evidence),
  }
}

const named = ({ slug, name }: { slug: string; name: string }) => ({ slug, name })

/** The newest instant that all of it has been evaluated at, as people are told: the data of a meeting are never newer. */
async function newestOf(ids: number[], now: UnixSeconds): Promise<UnixSeconds> {
  const { rows } = await pool().query<{ ts: number | null }>(
    'SELECT max(ts) AS ts FROM slo_status WHERE slo_id = ANY($1::int[])',
    [ids],
  )
  return rows[0]?.ts ?? now
}

async function lastReview(cycleId: number): Promise<Last | null> {
  const row = await db().review.findFirst({
    where: { cycleId, status: 'closed' },
    orderBy: { occurrence: 'desc' },
    select: { id: true, snapshot: true },
  })
  const read = snapshotSchema.safeParse(row?.snapshot)
  if (!row || !read.success) return null
  return { id: row.id, asOf: read.data.asOf, slos: new Map(read.data.slos.map((slo) => [slo.id, slo])) }
}

type Now = Omit<FrozenSlo, 'before' | 'remainingThen'>

function sloRows({ columns }: OverviewTable, slugs: Set<string>): Now[] {
  return columns.id.flatMap((id, i): Now[] => {
    const service = { slug: columns.serviceSlug[i] ?? '', name: columns.service[i] ?? '' }
    if (!slugs.has(service.slug)) return []
    const burn = { h1: columns.burn1h[i] ?? null, h6: columns.burn6h[i] ?? null, h24: columns.burn24h[i] ?? null }
    return [
      {
        ...{ id, service, burn, name: columns.name[i] ?? '', target: columns.target[i] ?? 0, window: columns.window[i] ?? '' },
        ...{ state: columns.state[i] ?? 'no-data', since: columns.since[i] ?? 0, sli: columns.sli[i] ?? null },
        ...{ remaining: columns.remaining[i] ?? null, pace: columns.pace[i] ?? null, alert: columns.alert[i] ?? null },
        outlook: columns.outlook[i] as Outlook,
      },
    ]
  })
}

/** How they stood at the last review: as it showed them, else by the counters of that hour. */
async function withBefore(slos: Now[], last: Last | null, since: UnixSeconds): Promise<FrozenSlo[]> {
  const unseen = slos.filter(({ id }) => !last?.slos.has(id)).map(({ id }) => id)
  const counted = unseen.length === 0 ? new Map<number, number | null>() : await leftAt(await measuredOf(pool(), unseen), since)
  return slos.map((slo) => {
    const seen = last?.slos.get(slo.id)
    return { ...slo, before: seen?.state ?? null, remainingThen: seen ? seen.remaining : (counted.get(slo.id) ?? null) }
  })
}
