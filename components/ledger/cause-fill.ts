import type { LineKind } from '@/lib/ledger/ledger'

/** One mark for one thing on every screen: the same fills in the ledger, the event lane and the charts. */
export const CAUSE_FILLS: Record<LineKind, string> = {
  incident: 'var(--ink)',
  release: 'var(--accent)',
  dependency: 'url(#cause-dependency)',
  'no-data': 'url(#chart-no-data)',
  measured: 'url(#chart-excluded)',
  excluded: 'url(#chart-excluded)',
  credit: 'var(--accent-tint)',
  unexplained: 'url(#cause-unexplained)',
}
