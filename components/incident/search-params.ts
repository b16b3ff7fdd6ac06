import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { INCIDENT_STATUSES } from '@/lib/incident/lifecycle'
import { SEVERITIES } from '@/lib/incident/severity'

/** What one looks for among incidents lives in the address. */
export const incidentParams = {
  status: parseAsStringLiteral(['open', ...INCIDENT_STATUSES] as const),
  severity: parseAsStringLiteral(SEVERITIES),
  service: parseAsString.withDefault(''),
  slo: parseAsInteger,
}
const loadIncidentParams = createLoader(incidentParams)

/** What is not asked for is left out. */
export async function loadIncidentFilter(searchParams: Promise<Record<string, string | string[]>>) {
  const { status, severity, service, slo } = await loadIncidentParams(searchParams)
  return { status: status ?? undefined, severity: severity ?? undefined, service: service || undefined, slo: slo ?? undefined }
}

export const isFiltered = (filter: Record<string, unknown>): boolean => Object.values(filter).some((value) => value !== undefined)
