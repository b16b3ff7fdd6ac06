import type { OverviewColumns, OverviewTable } from './overview-rows'

/** A table of healthy rows for tests; `rows` override what matters. */
export function tableOf(
  rows: Partial<{ [K in keyof OverviewColumns]: OverviewColumns[K][number] }>[],
  asOf = 1_000_000,
): OverviewTable {
  const full = rows.map((row, i) => ({
    id: i + 1,
    name: `SLO ${i + 1}`,
    service: 'checkout',
    serviceSlug: 'checkout',
    tier: 'tier 1',
    kind: 'api',
    team: 'Payments',
    labels: [] as string[],
    findings: [] as string[],
    gating: false,
    target: 0.999,
    window: '30 d',
    state: 'healthy' as const,
    since: 0,
    sli: 0.9995,
    remaining: 0.5,
    projected: null,
    burn1h: 0.5,
    burn6h: 0.5,
    burn24h: 0.5,
    pace: 0.5,
    thresholds: [14.4, 6, 3, 1] as (number | null)[],
    severities: ['page', 'page', 'ticket', 'ticket'] as ('page' | 'ticket' | null)[],
    alert: null,
    firing: [] as number[],
    trend: [1, 0.5] as (number | null)[],
    outlook: { kind: 'lasts', floor: null, periodEnd: null } as unknown,
    coverage: 1,
    lastDataTs: asOf,
    staleSince: null,
    ...row,
  }))
  const keys = Object.keys(full[0] ?? {}) as (keyof OverviewColumns)[]
  const columns = Object.fromEntries(keys.map((key) => [key, full.map((row) => row[key])]))
  return { asOf, version: '1', columns: columns as unknown as OverviewColumns }
}
