import type pg from 'pg'
import type { Named } from './alertmanager'

export type Known = {
  service: { id: number; name: string } | null
  slo: { id: number; name: string } | null
  /** what was named and is not there, as "slo=checkout/orders" */
  unknown: string[]
}

/** The SLO and the service that an alert names. A slug without a service counts when only one SLO has it. */
export async function targetOf(on: Pick<pg.Pool, 'query'>, { slo, service }: Named): Promise<Known> {
  const { rows: services } = await on.query<{ id: number; name: string }>('SELECT id, name FROM service WHERE slug = $1', [
    service,
  ])
  const { rows: slos } = await on.query<{ id: number; name: string; service: string; serviceId: number }>(
    `SELECT s.id, s.name, v.name AS service, v.id AS "serviceId" FROM slo s JOIN service v ON v.id = s.service_id
     WHERE s.slug = $1 AND s.deleted_at IS NULL AND ($2::text IS NULL OR v.slug = $2) LIMIT 2`,
    [slo, service],
  )
  const found = slos.length === 1 ? slos[0] : undefined
  const unknown = [
    service !== null && services.length === 0 && `service=${service}`,
    slo !== null && !found && `slo=${service === null ? slo : `${service}/${slo}`}`,
  ].filter((one): one is string => one !== false)
  return {
    service: services[0] ?? (found ? { id: found.serviceId, name: found.service } : null),
    slo: found ? { id: found.id, name: found.name } : null,
    unknown,
  }
}

/** A sentence for what could not be placed; empty when all of it could. */
export function nothingKnown({ service, slo, unknown }: Known): string {
  if (unknown.length > 0) return `Headroom knows no ${unknown.join(' and no ')}.`
  return service || slo ? '' : 'Its labels name no service and no SLO.'
}
