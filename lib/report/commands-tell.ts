import 'server-only'
import type { Transaction } from '../db/client'
import { enqueueIn } from '../notify/enqueue'
import type { Report } from './document'
import { monthName } from './month'

type Told = { report: Report & { id: number }; serviceId: number | null }
type Named = { slug: string; name: string; tier: string; team: string }

const MOST_CHANGES = 5

/** Puts the notice of a report into the outbox, in the transaction that wrote it: subscribers get mail, other channels by their routes. */
export async function tellOfReport(tx: Transaction, { report, serviceId }: Told): Promise<void> {
  const { id, revision, changes, builtAt, document } = report
  const [service = null] = await tx.$queryRaw<Named[]>`
    SELECT v.slug, v.name, v.tier::text AS tier, t.slug AS team FROM service v JOIN team t ON t.id = v.team_id WHERE v.id = ${serviceId}`
  const { reliability, budget, incidents } = document.summary
  const what = `${service?.name ?? 'The organisation'} in ${monthName(document.month)}`
  const more = changes.length > MOST_CHANGES ? [`And ${changes.length - MOST_CHANGES} more.`] : []
  await enqueueIn(tx, {
    ...{ key: `report:${id}`, event: 'report.ready', severity: 'ticket', at: builtAt },
    subject: revision === 1 ? `Report: ${what}` : `Corrected report, revision ${revision}: ${what}`,
    body: [
      ...(revision === 1 ? [] : [`What changed: ${[...changes.slice(0, MOST_CHANGES), ...more].join('. ')}`]),
      ...[reliability, budget, incidents],
    ],
    path: `/reports/${service?.slug ?? 'organisation'}/${document.month}`,
    ...{ service, slo: null, incidentId: null, startsAt: null, endsAt: null },
    recipients: await readersOf(tx, serviceId),
    facts: { report: id, month: document.month, revision, hash: report.hash },
  })
}

async function readersOf(tx: Transaction, serviceId: number | null): Promise<string[]> {
  const rows = await tx.$queryRaw<{ address: string }[]>`
    SELECT DISTINCT coalesce(u.email, r.address) AS address FROM report_subscription r LEFT JOIN "user" u ON u.id = r.person_id
    WHERE (u.id IS NULL OR u.disabled_at IS NULL) AND CASE WHEN ${serviceId}::int IS NULL THEN r.service_id IS NULL AND r.team_id IS NULL
      ELSE r.service_id = ${serviceId}::int OR r.team_id = (SELECT team_id FROM service WHERE id = ${serviceId}::int) END
    ORDER BY 1`
  return rows.map(({ address }) => address)
}
