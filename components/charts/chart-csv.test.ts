import { describe, expect, it } from 'vitest'
import type { SloLedger } from '@/lib/ledger/schema'
import type { SloHistory } from '@/lib/slo/detail'
import { bucketsCsv, budgetCsv, burnCsv, eventsCsv, ledgerCsv, previewCsv, sliCsv } from './chart-csv'
import { fileName } from './save'

/** Wed 15 Jul 2026, 12:00 UTC */
const AT = Date.UTC(2026, 6, 15, 12) / 1000
const history: SloHistory = {
  ...{ sloId: 1, from: AT - 600, to: AT, step: 300, ts: [AT - 300, AT] },
  ...{ remaining: [0.123456789012, null], burn1h: [1.5, null], burn6h: [0, null], burn24h: [null, null] },
  ...{ sli: [0.99951, null], total: [1000, null], gaps: [{ from: AT - 300, to: AT }] },
  ...{ rises: [], exclusions: [{ from: AT - 900, to: AT - 600 }], credits: [{ at: AT - 60, minutes: 5, points: 1 }] },
  measuredRemaining: null,
}
const lines = (csv: string) => csv.trimEnd().split('\r\n')

describe('the data of a chart', () => {
  it('have ISO times, units in their titles, numbers as they are, and nothing in a gap', () => {
    expect(lines(budgetCsv(history))).toEqual([
      'time (UTC),budget left (share of the budget)',
      '2026-07-15T11:55:00.000Z,0.123456789012',
      '2026-07-15T12:00:00.000Z,',
    ])
    expect(lines(budgetCsv({ ...history, measuredRemaining: [0.1, null] }))[1]).toBe(
      '2026-07-15T11:55:00.000Z,0.123456789012,0.1',
    )
    expect(lines(burnCsv(history)).slice(1)).toEqual(['2026-07-15T11:55:00.000Z,1.5,0,', '2026-07-15T12:00:00.000Z,,,'])
    expect(lines(sliCsv(history, 'events'))).toEqual([
      'end of step (UTC),step (s),SLI (ratio),total (events)',
      '2026-07-15T11:55:00.000Z,300,0.99951,1000',
      '2026-07-15T12:00:00.000Z,300,,',
    ])
    expect(lines(previewCsv([AT], [0.5], [0.25]))[1]).toBe('2026-07-15T12:00:00.000Z,0.5,0.25')
  })
  it('name what happened in the order in which it did, and nothing that a spreadsheet would run', () => {
    const annotations = [{ kind: 'release' as const, id: 3, label: '=1+1', title: 'v2', href: '/', from: AT - 700, to: null }]
    expect(lines(eventsCsv({ ...history, annotations: annotations as never })).slice(1)).toEqual([
      '2026-07-15T11:45:00.000Z,2026-07-15T11:50:00.000Z,exclusion,,',
      "2026-07-15T11:48:20.000Z,,release,'=1+1,v2",
      '2026-07-15T11:59:00.000Z,2026-07-15T11:59:00.000Z,credit,,5 min',
    ])
  })
  it('of a ledger add up', () => {
    const ledger = {
      ...{ unit: 'events', consumed: 0.75, buckets: [{ from: AT - 86_400, to: AT }] },
      lines: [
        { key: 'a', kind: 'incident', cause: null, when: { from: AT - 60, to: AT }, bad: 30, share: 0.5, shares: [0.5] },
        { key: 'b', kind: 'unexplained', cause: null, when: null, bad: 15, share: 0.25, shares: [0.25] },
      ],
    } as unknown as SloLedger
    expect(lines(ledgerCsv(ledger, ({ key }) => key)).slice(1)).toEqual([
      'a,incident,2026-07-15T11:59:00.000Z,2026-07-15T12:00:00.000Z,0.5,30',
      'b,unexplained,,,0.25,15',
      'consumed,sum,,,0.75,45',
    ])
    expect(lines(bucketsCsv(ledger)).slice(1)).toEqual([
      '2026-07-14T12:00:00.000Z,2026-07-15T12:00:00.000Z,incident,0.5',
      '2026-07-14T12:00:00.000Z,2026-07-15T12:00:00.000Z,unexplained,0.25',
    ])
  })
  it('are saved under a name that every disk takes', () =>
    expect(fileName('Größe: a/b', 'Budget left')).toBe('gro-e-a-b-budget-left'))
})
