import { ScrollBox } from '@/components/ui/scroll-box'
import { floored, spentText } from '@/lib/format'
import { dayText } from '@/lib/format-time'
import type { LineKind } from '@/lib/ledger/ledger'
import type { SloLedger } from '@/lib/ledger/schema'
import { KIND_WORDS } from './bucket-bars'
import { prepareBuckets } from './prepare-buckets'

/** The same per bucket in figures, newest first. */
export function BucketTable({ ledger }: { ledger: SloLedger }) {
  const columns = prepareBuckets(ledger)
  const kinds = [...new Set(columns.flatMap(({ parts }) => parts.map(({ kind }) => kind)))]
  const share = (value: number | undefined) => (value === undefined ? '' : `${floored(value * 100, 2)} %`)
  const of = (parts: { kind: LineKind; share: number }[], kind: LineKind) => parts.find((part) => part.kind === kind)?.share
  return (
    <ScrollBox className="ledger-buckets" label={`Per ${ledger.by}`}>
      <table className="d-table">
        <thead>
          <tr>
            <th scope="col">{ledger.by === 'day' ? 'Day' : ledger.by === 'week' ? 'Week from' : 'Month from'}</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col" style={{ textAlign: 'right' }}>
                {KIND_WORDS[kind]}
              </th>
            ))}
            <th scope="col" style={{ textAlign: 'right' }}>
              of the budget
            </th>
          </tr>
        </thead>
        <tbody>
          {[...columns].reverse().map(({ from, parts, consumed }) => (
            <tr key={from}>
              <th scope="row">{dayText(from, ledger.asOf, ledger.zone)}</th>
              {kinds.map((kind) => (
                <td key={kind} style={{ textAlign: 'right' }}>
                  {share(of(parts, kind))}
                </td>
              ))}
              <td style={{ textAlign: 'right' }}>{spentText(consumed)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
