import { spentText } from '@/lib/format'
import { dayText } from '@/lib/format-time'
import type { LineKind } from '@/lib/ledger/ledger'
import type { SloLedger } from '@/lib/ledger/schema'
import { CAUSE_FILLS } from './cause-fill'
import { CauseMark } from './cause-mark'
import { type BucketColumn, prepareBuckets } from './prepare-buckets'

const HEIGHT = 120
const LABELS = 20
export const KIND_WORDS: Record<LineKind, string> = {
  ...{ incident: 'incidents', release: 'releases', dependency: 'dependencies', 'no-data': 'no data', credit: 'credits' },
  ...{ measured: 'excluded, measured', excluded: 'excluded', unexplained: 'unexplained' },
}

/** What each day, week or month took from the budget, by kind of cause; the table below says the same. */
export function BucketBars({ ledger }: { ledger: SloLedger }) {
  const columns = prepareBuckets(ledger)
  const highest = Math.max(0.01, ...columns.map(({ parts }) => parts.reduce((sum, { share }) => sum + share, 0)))
  const kinds = [...new Set(columns.flatMap(({ parts }) => parts.map(({ kind }) => kind)))]
  const width = 100 / Math.max(1, columns.length)
  const every = Math.max(1, Math.ceil(columns.length / 4))
  return (
    <>
      <p className="ledger-key">
        {kinds.map((kind) => (
          <span key={kind}>
            <CauseMark kind={kind} />
            {KIND_WORDS[kind]}
          </span>
        ))}
        <span>top: {spentText(highest)} % of the budget</span>
      </p>
      <div className="ledger-bars">
        <svg height={HEIGHT + LABELS} role="img" aria-label={`Spent per ${ledger.by}; the table below has every figure`}>
          <line x1="0" x2="100%" y1={HEIGHT} y2={HEIGHT} stroke="var(--line-2)" />
          {columns.map((column, i) => (
            <Column key={column.from} column={column} left={i * width} width={width} highest={highest} />
          ))}
          {columns.map(({ from }, i) =>
            i % every === 0 && (i === 0 || i + every / 2 < columns.length) ? (
              <text key={from} x={`${i * width}%`} y={HEIGHT + 15}>
                {dayText(from, ledger.asOf, ledger.zone)}
              </text>
            ) : null,
          )}
        </svg>
      </div>
    </>
  )
}

type ColumnProps = { column: BucketColumn; left: number; width: number; highest: number }

function Column({ column: { parts }, left, width, highest }: ColumnProps) {
  let top = HEIGHT
  return parts.map(({ kind, share }) => {
    const height = (share / highest) * (HEIGHT - 6)
    top -= height
    return (
      <rect
        key={kind}
        x={`${left + width * 0.12}%`}
        width={`${width * 0.76}%`}
        y={top}
        height={Math.max(0.5, height)}
        fill={CAUSE_FILLS[kind]}
      />
    )
  })
}
