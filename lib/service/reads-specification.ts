import 'server-only'
import type { Actor } from '../auth/actor'
import { db } from '../db/client'
import { listJourneys } from '../journey/reads'
import { sloDetail } from '../slo/reads'
import { sloDefinition } from '../slo/reads-versions'
import { serviceDetail } from './reads'
import { type ObjectiveFacts, type Specification, specificationOf } from './specification'

/** The specification of a service as it stands now. `serviceDetail` authorizes; throws NOT_FOUND. */
export async function serviceSpecification(
  actor: Actor,
  slug: string,
  now = Math.floor(Date.now() / 1000),
): Promise<Specification> {
  const { service } = await serviceDetail(actor, slug)
  const rows = await db().slo.findMany({
    where: { service: { slug }, deletedAt: null },
    select: { id: true, dataSource: { select: { name: true, offsetSeconds: true } } },
    orderBy: { slug: 'asc' },
  })
  const objectives: ObjectiveFacts[] = []
  for (const { id, dataSource } of rows) {
    const [detail, { definition }] = await Promise.all([sloDetail(actor, id), sloDefinition(actor, id)])
    objectives.push({ detail, indicator: definition.indicator, source: dataSource })
  }
  const through = (key: string) => key.startsWith(`${slug}/`)
  const journeys = (await listJourneys(actor)).filter(({ result, steps }) =>
    [result, ...steps.map((step) => step.slo)].some((slo) => slo && through(slo.key)),
  )
  return specificationOf(service, { objectives, journeys }, now)
}
