import { csvText } from '../../csv'
import type { OrganisationReport, Report, ServiceReport } from '../document'

type Cell = string | number
const orEmpty = (value: number | null): Cell => value ?? ''

/**
 * A table for spreadsheets: one row per objective, of the organisation one per service. Ratios and counts are unrounded; what is
 * not known is empty; text that could be a formula is marked as text.
 */
export function renderCsv({ document, revision, hash }: Report): string {
  const { columns, rows } = document.kind === 'service' ? objectiveRows(document) : serviceRows(document)
  const head = ['month', 'zone', 'revision', ...columns, 'data_hash']
  return csvText([head, ...rows.map((row): Cell[] => [document.month, document.zone, revision, ...row, hash])])
}

type Table = { columns: string[]; rows: Cell[][] }

const objectiveRows = ({ service, objectives }: ServiceReport): Table => ({
  columns: [
    ...['service', 'objective', 'kind', 'unit', 'target', 'sli', 'outcome', 'good', 'total', 'bad', 'allowed'],
    ...['consumed', 'remaining', 'coverage', 'measured_good', 'measured_total', 'measured_sli', 'month_before_sli'],
  ],
  rows: objectives.map(
    ({ slo, unit, target, sli, outcome, good, total, allowed, consumed, remaining, coverage, raw, months }) => [
      ...[service.slug, slo.name, slo.kind, unit, target, orEmpty(sli), outcome, good, total, total - good, allowed],
      ...[
        orEmpty(consumed),
        orEmpty(remaining),
        coverage,
        raw.good,
        raw.total,
        orEmpty(raw.sli),
        orEmpty(months.at(-2)?.sli ?? null),
      ],
    ],
  ),
})

const serviceRows = ({ services }: OrganisationReport): Table => ({
  columns: [
    ...['service', 'name', 'tier', 'team', 'objectives', 'met', 'not_met', 'open', 'worst_objective', 'worst_target'],
    ...['worst_sli', 'worst_remaining', 'incidents', 'releases'],
  ],
  rows: services.map(({ slug, name, tier, team, objectives, met, notMet, open, worst, incidents, releases }) => [
    ...[slug, name, tier, team, objectives, met, notMet, open, worst?.name ?? '', orEmpty(worst?.target ?? null)],
    ...[orEmpty(worst?.sli ?? null), orEmpty(worst?.remaining ?? null), incidents, releases],
  ]),
})
