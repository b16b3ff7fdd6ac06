import { recordAudit } from '../lib/audit/commands'
import type { Transaction } from '../lib/db/client'
import { type DemoJourney, JOURNEYS } from '../lib/demo/journeys'

type Find = (key: string) => Promise<{ id: number; serviceId: number; dataSourceId: number } | null>
type SloRow = (
  slo: NonNullable<DemoJourney['result']>['slo'],
  place: { serviceId: number; serviceSlug: string; dataSourceId: number },
) => Promise<unknown>

/** Journeys of the demo with their composite SLOs. Made once: what people delete stays deleted. */
export async function seedJourneys(tx: Transaction, sloRow: SloRow): Promise<void> {
  const seed = { action: 'demo.seed', entityType: 'journey', entityId: 'all' }
  if (await tx.auditEntry.findFirst({ where: seed })) return
  const find: Find = async (key) => {
    const [service = '', slug = ''] = key.split('/')
    return tx.slo.findFirst({
      where: { slug, service: { slug: service } },
      select: { id: true, serviceId: true, dataSourceId: true },
    })
  }
  for (const { steps, result, ...journey } of JOURNEYS) {
    if (result) {
      const { id: serviceId } = await tx.service.findUniqueOrThrow({ where: { slug: result.service } })
      const neighbour = await tx.slo.findFirstOrThrow({ where: { serviceId }, orderBy: { id: 'asc' } })
      await sloRow(result.slo, { serviceId, serviceSlug: result.service, dataSourceId: neighbour.dataSourceId })
    }
    const resultSlo = result ? await find(`${result.service}/${result.slo.slug}`) : null
    const rows = await Promise.all(
      steps.map(async ({ slo, ...step }, position) => ({
        ...step,
        position,
        sloId: slo ? ((await find(slo))?.id ?? null) : null,
      })),
    )
    await tx.journey.create({ data: { ...journey, resultSloId: resultSlo?.id ?? null, steps: { create: rows } } })
  }
  await recordAudit(tx, { type: 'system', job: 'seed' }, { ...seed, after: { made: JOURNEYS.length } })
}
