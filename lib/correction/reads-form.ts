import 'server-only'
import type { Actor } from '../auth/actor'
import { overviewTable } from '../slo/reads'
import { floorTo, HOUR, type UnixSeconds } from '../time-series/units'
import { type CorrectionDraft, EMPTY_CORRECTION } from './draft'

type Choice = { slug: string; name: string; slos: { id: number; name: string }[] }

const localText = (at: UnixSeconds): string => new Date(at * 1000).toISOString().slice(0, 16)

/** What the form begins with, and what it can be about. `overviewTable` authorizes. */
export async function correctionStart(
  actor: Actor,
  from: { slo?: number | undefined; service?: string | undefined },
  now: UnixSeconds,
): Promise<{ draft: CorrectionDraft; services: Choice[] }> {
  const { columns } = await overviewTable(actor)
  const services = new Map<string, Choice>()
  columns.id.forEach((id, i) => {
    const slug = columns.serviceSlug[i] ?? ''
    const choice = services.get(slug) ?? { slug, name: columns.service[i] ?? slug, slos: [] }
    choice.slos.push({ id, name: columns.name[i] ?? '' })
    services.set(slug, choice)
  })
  const row = from.slo === undefined ? -1 : columns.id.indexOf(from.slo)
  const hour = floorTo(now, HOUR)
  const draft = {
    ...EMPTY_CORRECTION,
    service: row >= 0 ? (columns.serviceSlug[row] ?? '') : (from.service ?? ''),
    slos: row >= 0 ? [String(from.slo)] : [],
    from: localText(hour - HOUR),
    to: localText(hour),
    at: localText(hour),
  }
  return { draft, services: [...services.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) }
}
