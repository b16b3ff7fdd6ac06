'use client'
import { useQuery } from '@tanstack/react-query'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useCallback } from 'react'
import { AlertsPanel } from '@/components/alert/alerts-panel'
import { DriftLine } from '@/components/drift/drift-line'
import { LedgerPanel } from '@/components/ledger/ledger-panel'
import { RefreshNotice } from '@/components/overview/refresh-notice'
import { Link } from '@/components/ui/link'
import { useNow } from '@/components/ui/use-now'
import type { AlertInfo } from '@/lib/alert/schema'
import type { CorrectionInfo } from '@/lib/correction/schema'
import { annotationsQuery } from '@/lib/ledger/query-options'
import type { SloLedger } from '@/lib/ledger/schema'
import { HISTORY_RANGES, type HistoryRange, type SloDetail, type SloHistory } from '@/lib/slo/detail'
import { detailQuery, historyQuery, isFilling } from '@/lib/slo/detail-query-options'
import { AlertPairs } from './alert-pairs'
import { BudgetPanel } from './budget-panel'
import { ChartStack } from './chart-stack'
import { CorrectionsPanel } from './corrections-panel'
import { ExplainPanel } from './explain-panel'
import { Findings } from './findings'
import { Notices } from './notices'
import { SloActions } from './slo-actions'
import { SloHead } from './slo-head'
import { SloMenu } from './slo-menu'
import { StatStrip } from './stat-strip'
import { useSloKeys } from './use-slo-keys'

export type SloStart = {
  detail: SloDetail
  history: SloHistory
  range: HistoryRange
  corrections: CorrectionInfo[]
  ledger: SloLedger | null
  alerts: AlertInfo[]
  now: number
}

/** One SLO: the answer, then the evidence, then the arithmetic. */
export function SloPage({
  start,
  may,
}: {
  start: SloStart
  may: { refresh: boolean; verify: boolean; define: boolean; correct: boolean }
}) {
  const { id } = start.detail
  const startedAt = start.now * 1000
  const [range, setRange] = useQueryState('range', parseAsStringLiteral(HISTORY_RANGES).withDefault('30d'))
  const detailState = useQuery({ ...detailQuery(id), initialData: start.detail, initialDataUpdatedAt: startedAt })
  const filling = isFilling(detailState.data)
  const historyState = useQuery({
    ...historyQuery(id, range, filling),
    ...(range === start.range &&
      filling === isFilling(start.detail) && { initialData: start.history, initialDataUpdatedAt: startedAt }),
    placeholderData: (previous) => previous,
  })
  const now = useNow(start.now)
  const { from, to } = historyState.data ?? start.history
  const { data: annotations = [] } = useQuery({ ...annotationsQuery(id, { from, to }), placeholderData: (previous) => previous })
  const detail = detailState.data
  const history = historyState.data ?? start.history
  const shown: HistoryRange = historyState.isPlaceholderData ? rangeOf(history) : range
  const onRange = useCallback((next: HistoryRange) => void setRange(next), [setRange])
  useSloKeys({ id, previousId: detail.previousId, nextId: detail.nextId, range, onRange })
  return (
    <>
      <RefreshNotice
        error={detailState.error ?? historyState.error}
        asOf={detail.source.staleSince === null ? (detail.status?.ts ?? null) : null}
        now={now}
        onRetry={() => detailState.refetch()}
      />
      <Notices detail={detail} now={now} />
      <SloHead detail={detail} now={now}>
        <SloActions sloId={id} may={may} />
        <SloMenu detail={detail} may={may.define} />
      </SloHead>
      <StatStrip detail={detail} now={now} />
      <Findings findings={detail.findings} now={now} />
      <DriftLine drift={detail.drift} now={now} />
      <div className="d-columns">
        <div className="d-column">
          <ChartStack
            detail={detail}
            history={history}
            annotations={annotations}
            range={shown}
            pending={historyState.isPlaceholderData}
            onRange={onRange}
          />
          <AlertPairs pairs={detail.pairs} alerting={detail.alerting} />
          <AlertsPanel sloId={id} alerts={start.alerts} now={now} />
        </div>
        <div className="d-column">
          <BudgetPanel detail={detail} />
          {start.ledger ? (
            <LedgerPanel
              sloId={id}
              start={start.ledger}
              startedAt={startedAt}
              window={detail.window}
              state={detail.status?.state ?? 'no-data'}
            />
          ) : null}
          <CorrectionsPanel detail={detail} corrections={start.corrections} may={may.correct} now={now} />
          <ExplainPanel detail={detail} />
        </div>
      </div>
      <footer className="keys">
        <Step id={detail.previousId} sign="[" words="previous" />
        <Step id={detail.nextId} sign="]" words="next SLO" />
        <span>
          <kbd>t</kbd> time range
        </span>
        <span>
          <kbd>e</kbd> explain
        </span>
        <span>
          <kbd>w</kbd> what if
        </span>
      </footer>
    </>
  )
}

const Step = ({ id, sign, words }: { id: number | null; sign: string; words: string }) =>
  id === null ? null : (
    <Link href={`/slos/${id}`} className="keys-step">
      <kbd>{sign}</kbd> {words}
    </Link>
  )

/** The range that a history was read for. */
const rangeOf = ({ from, to }: SloHistory): HistoryRange => {
  const days = (to - from) / 86_400
  return days <= 1 ? '24h' : days <= 7 ? '7d' : days <= 30 ? '30d' : '90d'
}
