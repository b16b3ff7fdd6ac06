import type { z } from 'zod'
import type { FindingList } from '../finding/reads'
import type { Recount, SloHistory } from '../slo/detail'
import type { Outlook } from '../slo/outlook'
import type { OverviewTable } from '../slo/overview-rows'
import type { UnixSeconds } from '../time-series/units'
import type { findingListSchema, historySchema, sloDetailSchema, sloSchema, statusSchema } from './resources'

/** From what the portal keeps to what the API says. */

const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()
const isoOrNull = (at: UnixSeconds | null | undefined): string | null => (at == null ? null : iso(at))
const labelsOf = (texts: string[]): Record<string, string> =>
  Object.fromEntries(texts.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]))

export function statusOf({ columns, asOf }: OverviewTable, row: number): z.infer<typeof statusSchema> {
  const outlook = columns.outlook[row] as Outlook | null
  return {
    state: columns.state[row] ?? 'no-data',
    since: iso(columns.since[row] ?? 0),
    evaluatedAt: isoOrNull(asOf),
    sli: columns.sli[row] ?? null,
    remaining: columns.remaining[row] ?? null,
    projectedRemaining: columns.projected[row] ?? null,
    burnRate: {
      h1: columns.burn1h[row] ?? null,
      h6: columns.burn6h[row] ?? null,
      h24: columns.burn24h[row] ?? null,
      pace: columns.pace[row] ?? null,
    },
    alert: columns.alert[row] ?? null,
    alertFrozen: columns.alert[row] != null && columns.state[row] === 'no-data',
    coverage: columns.coverage[row] ?? 0,
    newestDataAt: isoOrNull(columns.lastDataTs[row]),
    staleSince: isoOrNull(columns.staleSince[row]),
    budgetEndsAt: outlook?.kind === 'ends' ? iso(outlook.at) : null,
  }
}

export function sloOf(table: OverviewTable, row: number): z.infer<typeof sloSchema> {
  const { columns } = table
  return {
    id: columns.id[row] ?? 0,
    name: columns.name[row] ?? '',
    service: { slug: columns.serviceSlug[row] ?? '', name: columns.service[row] ?? '' },
    tier: columns.tier[row] ?? '',
    kind: columns.kind[row] ?? '',
    team: columns.team[row] ?? '',
    labels: labelsOf(columns.labels[row] ?? []),
    gating: columns.gating[row] ?? false,
    target: columns.target[row] ?? 0,
    window: columns.window[row] ?? '',
    status: statusOf(table, row),
  }
}

export function sloDetailOf(table: OverviewTable, row: number, recounts: Recount[]): z.infer<typeof sloDetailSchema> {
  const found = recounts.map(({ from, to, foundAt, good, total }) => ({
    ...{ from: iso(from), to: iso(to), foundAt: iso(foundAt) },
    ...{ good, total },
  }))
  return { ...sloOf(table, row), recounts: found }
}

export function historyOf(history: SloHistory): z.infer<typeof historySchema> {
  const { sloId, from, to, step, ts, remaining, burn1h, burn6h, burn24h, sli, total, gaps } = history
  return {
    sloId,
    from: iso(from),
    to: iso(to),
    stepSeconds: step,
    points: ts.map((at, i) => ({
      at: iso(at),
      remaining: remaining[i] ?? null,
      burn1h: burn1h[i] ?? null,
      burn6h: burn6h[i] ?? null,
      burn24h: burn24h[i] ?? null,
      sli: sli[i] ?? null,
      total: total[i] ?? null,
    })),
    gaps: gaps.map((gap) => ({ from: iso(gap.from), to: iso(gap.to) })),
  }
}

export const findingsOf = ({ checkedAt, items }: FindingList): z.infer<typeof findingListSchema> => ({
  checkedAt: isoOrNull(checkedAt),
  items: items.map(({ since, seen, ...rest }) => ({ ...rest, since: iso(since), seenAt: iso(seen) })),
})
