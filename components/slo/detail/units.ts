import type { SloDetail } from '@/lib/slo/detail'

const SLICED: SloDetail['indicatorKind'][] = ['throughput', 'freshness-age', 'ratio', 'boolean', 'composite']

/** What the budget of an SLO is counted in. */
export const unitOf = ({ method, indicatorKind }: Pick<SloDetail, 'method' | 'indicatorKind'>): 'events' | 'minutes' =>
  method === 'occurrences' && !SLICED.includes(indicatorKind) ? 'events' : 'minutes'
