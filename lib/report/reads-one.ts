import 'server-only'
import type { Actor } from '../auth/actor'
import { HeadroomError } from '../errors'
import type { Report } from './document'
import { readReport } from './reads'
import { ORGANISATION, type ReportKey, reportKeySchema } from './schema'

/** What an address names: /reports/checkout/2026-06, /reports/organisation/2026-06. */
export const reportKey = (place: { service: string; month: string }, query: Record<string, string> = {}): ReportKey =>
  reportKeySchema.parse({ ...query, ...place, service: place.service === ORGANISATION ? null : place.service })

/** A stored report. Throws NOT_FOUND with what to do. */
export async function storedReport(actor: Actor, key: ReportKey): Promise<Report & { id: number }> {
  const report = await readReport(actor, key)
  if (report?.id == null) throw notThere(key)
  return { ...report, id: report.id }
}

export function notThere({ service, month, revision }: ReportKey): HeadroomError {
  const which = revision === undefined ? 'report' : `revision ${revision} of the report`
  return new HeadroomError(
    'NOT_FOUND',
    `There is no ${which} of ${service ?? 'the organisation'} for ${month}. Build it, or look at its preview.`,
  )
}

/** checkout-2026-06, for names of files. */
export const fileName = ({ service, month }: Pick<ReportKey, 'service' | 'month'>): string =>
  `${service ?? ORGANISATION}-${month}`
