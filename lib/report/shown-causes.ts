import { MINUS } from '../format'
import { shownShares } from '../ledger/shown'
import type { ObjectiveMonth, ReportCause, ReportIncident } from './document'

export type Causes = Pick<ObjectiveMonth, 'causes' | 'consumed'>
export type Figures = { cause: ReportCause; share: number; tenths: number; bad: number }

const NOISE = 1e-9

/**
 * Every cause of an objective's month in whole tenths of a percent of its budget and whole failures. They add up to what is
 * consumed and to all failures, both rounded up; so a figure is the same wherever a report names the cause.
 */
export function shownCauses({ causes, consumed }: Causes): { shown: Figures[]; totalTenths: number; totalBad: number } {
  const totalTenths = Math.ceil((consumed ?? 0) * 1000 - NOISE) + 0
  const totalBad = Math.ceil(causes.reduce((total, { bad }) => total + bad, 0) - 1e-6) + 0
  const tenths = shownShares(
    causes.map(({ share }) => share),
    totalTenths,
  )
  const bads = shownShares(
    causes.map(({ bad }) => bad / 1000),
    totalBad,
  )
  const shown = causes.map((cause, i): Figures => ({ cause, share: cause.share, tenths: tenths[i] ?? 0, bad: bads[i] ?? 0 }))
  return { shown, totalTenths, totalBad }
}

const tenthsText = (tenths: number): string => `${tenths < 0 ? MINUS : ''}${(Math.abs(tenths) / 10).toFixed(1)}`

/** What a cause spent, as the table of causes shows it: "30.9". */
export function causeShare(objective: Causes, cause: ReportCause): string {
  const known = shownCauses(objective).shown.find((one) => one.cause === cause)
  return tenthsText(known?.tenths ?? Math.ceil(cause.share * 1000 - NOISE))
}

/** What an incident cost, in the same figures where the objective names it as a cause; else rounded up. */
export function costShares(objectives: ObjectiveMonth[]): (incident: number, cost: ReportIncident['costs'][number]) => string {
  const known = new Map<string, Figures>()
  for (const objective of objectives)
    for (const figures of shownCauses(objective).shown)
      if (figures.cause.kind === 'incident') known.set(`${objective.slo.id} ${figures.cause.id}`, figures)
  return (incident, { sloId, share }) => {
    const same = known.get(`${sloId} ${incident}`)
    return tenthsText(same && Math.abs(same.share - share) < 1e-6 ? same.tenths : Math.ceil(share * 1000 - NOISE))
  }
}
