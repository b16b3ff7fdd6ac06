import type { Sort, SortKey } from '@/lib/slo/overview-rows'

export type Column = {
  id: string
  title: string
  /** second line of the header */
  note?: string
  sort?: Sort['key']
  right?: boolean
}

export type Heads = { thresholds: (number | null)[]; severities: ('page' | 'ticket' | null)[] }

const burnColumn = (id: SortKey, title: string, { thresholds, severities }: Heads, i: number): Column => {
  const [threshold, severity] = [thresholds[i] ?? null, severities[i] ?? null]
  const note = severity === null ? 'no alert' : threshold === null ? severity : `${severity} ${Number(threshold.toFixed(1))}`
  return { id, title, note, sort: id, right: true }
}

/** The heads name the pairs of the first row; a row that has others fires by its own. */
export const columnsFor = (heads: Heads): Column[] => [
  { id: 'state', title: 'State', note: 'by urgency', sort: 'urgency' },
  { id: 'service', title: 'Service', sort: 'service' },
  { id: 'name', title: 'SLO', sort: 'name' },
  { id: 'target', title: 'Target', sort: 'target', right: true },
  { id: 'sli', title: 'SLI', note: 'in window', sort: 'sli', right: true },
  { id: 'remaining', title: 'Budget left', note: 'signed', sort: 'remaining', right: true },
  { id: 'bar', title: '0     100 %' },
  burnColumn('burn1h', '1 h', heads, 0),
  burnColumn('burn6h', '6 h', heads, 1),
  burnColumn('burn24h', '24 h', heads, 2),
  burnColumn('pace', '3 d, pace', heads, 3),
  { id: 'trend', title: 'Left, 30 d' },
  { id: 'outlook', title: 'Outlook', note: 'at the last 6 h pace', sort: 'outlook' },
  { id: 'owner', title: 'Owner', sort: 'owner' },
  { id: 'age', title: 'Data age', sort: 'age', right: true },
]
