'use client'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@/components/ui/link'
import { ledgerQuery } from '@/lib/ledger/query-options'
import type { SloLedger } from '@/lib/ledger/schema'
import type { SloState } from '@/lib/slo/state'
import { type SloWindow, windowLabel } from '@/lib/slo/window'
import { TakeLedger } from './take-ledger'
import { WaterfallTable } from './waterfall-table'

type Props = { sloId: number; start: SloLedger; startedAt: number; window: SloWindow; state: SloState }

/** On the page of an SLO: the causes, and the way to the whole ledger. */
export function LedgerPanel({ sloId, start, startedAt, window, state }: Props) {
  const { data } = useQuery({
    ...ledgerQuery(sloId, { period: 'window', by: 'day' }),
    initialData: start,
    initialDataUpdatedAt: startedAt,
  })
  const { lines } = data
  return (
    <section className={`panel d-panel is-${state}`} aria-labelledby="ledger-title" data-chart>
      <header className="d-panel-head">
        <h3 id="ledger-title">Where the budget went</h3>
        <span>
          {windowLabel(window)} · {lines.length === 1 ? '1 line' : `${lines.length} lines, sums exactly`}
        </span>
        <Link className="btn btn-quiet btn-sm" href={`/slos/${sloId}/ledger`} data-no-picture>
          Ledger
        </Link>
        <TakeLedger ledger={data} />
      </header>
      <div data-picture>
        <WaterfallTable ledger={data} />
      </div>
    </section>
  )
}
