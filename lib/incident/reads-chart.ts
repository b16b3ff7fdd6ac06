import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { samplesBetween } from '../measurement/samples'
import { tierAt } from '../measurement/tiers'
import { ceilTo, floorTo, MINUTE, type UnixSeconds } from '../time-series/units'
import { chartPoints, type IncidentChart } from './chart'
import type { IncidentView } from './incident'
import { canReadIncidents, WHO_READS } from './policy'

const AROUND = 30 * MINUTE
/** Points that a chart has room for. */
const POINTS = 600

/** How the SLO that was hit hardest went over the incident and half an hour around it; `null` without one. */
export async function incidentChart(actor: Actor, view: IncidentView, now: UnixSeconds): Promise<IncidentChart | null> {
  authorize(canReadIncidents(actor), WHO_READS)
  const [hit] = view.costs
  if (!hit) return null
  const mine = view.impacts.filter(({ sloId }) => sloId === hit.sloId)
  const begin = Math.min(view.startedAt, ...mine.map(({ from }) => from)) - AROUND
  const end = Math.min(now, Math.max(view.resolvedAt ?? now, ...mine.map(({ to }) => to ?? now)) + AROUND)
  const tier = tierAt(begin, now)
  const step = ceilTo(Math.max(tier.step, (end - begin) / POINTS), tier.step)
  const [from, to] = [floorTo(begin, step), ceilTo(end, step)]
  const samples = await samplesBetween(pool(), tier, hit.sloId, { from, to, step })
  return { sloId: hit.sloId, name: hit.name, service: hit.service.name, from, to, step, points: chartPoints(samples, step) }
}
