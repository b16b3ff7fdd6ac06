import { SvgPatterns } from '@/components/slo/svg-patterns'
import type { LedgerQuery } from '@/lib/ledger/period'
import type { SloLedger } from '@/lib/ledger/schema'
import { BucketBars } from './bucket-bars'
import { BucketTable } from './bucket-table'
import { LedgerControls } from './ledger-controls'
import { LedgerSentence } from './ledger-sentence'
import { OpenStretches } from './open-stretches'
import { TakeBuckets, TakeLedger } from './take-ledger'
import { WaterfallTable } from './waterfall-table'

type Props = { ledger: SloLedger; query: LedgerQuery; months: string[]; window: string; may: boolean }

/** The whole ledger of an SLO: who spent its budget, when, and what is still open. */
export function LedgerPage({ ledger, query, months, window, may }: Props) {
  return (
    <div className="ledger-stack">
      <SvgPatterns />
      <LedgerControls query={query} path={`/slos/${ledger.slo.id}/ledger`} months={months} window={window} />
      <section className="panel" aria-label="In a sentence">
        <LedgerSentence ledger={ledger} />
      </section>
      <div className="ledger-columns">
        <section className="panel d-panel" aria-labelledby="causes-title" data-chart>
          <header className="d-panel-head">
            <h2 id="causes-title">Where the budget went</h2>
            <span>the lines add up to what is consumed</span>
            <TakeLedger ledger={ledger} />
          </header>
          <div data-picture>
            <WaterfallTable ledger={ledger} />
          </div>
        </section>
        <OpenStretches ledger={ledger} may={may} />
      </div>
      <section className="panel d-panel" aria-labelledby="when-title" data-chart>
        <header className="d-panel-head">
          <h2 id="when-title">When</h2>
          <span>share of the whole budget, per {ledger.by}</span>
          <TakeBuckets ledger={ledger} />
        </header>
        <div data-picture>
          <BucketBars ledger={ledger} />
        </div>
        <BucketTable ledger={ledger} />
      </section>
    </div>
  )
}
