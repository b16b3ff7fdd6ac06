'use client'
import dynamic from 'next/dynamic'
import { type ReactNode, useMemo, useState } from 'react'
import { budgetCsv, burnCsv, eventsCsv, sliCsv } from '@/components/charts/chart-csv'
import { ChartExport } from '@/components/charts/chart-export'
import { EventLane } from '@/components/charts/event-lane'
import { ninesDomain } from '@/components/charts/nines'
import { prepareHistory } from '@/components/charts/prepare-history'
import { prepareProjection } from '@/components/charts/prepare-projection'
import { budgetScale, burnScale } from '@/components/charts/prepare-scales'
import { prepareTimeAxis } from '@/components/charts/prepare-time-axis'
import { budgetSummary, burnSummary, sliSummary } from '@/components/charts/summaries'
import { withLivePoint } from '@/components/charts/with-live-point'
import { useMedia } from '@/components/ui/use-media'
import { burnText } from '@/lib/format'
import { instantText, lengthText } from '@/lib/format-time'
import type { Annotation } from '@/lib/ledger/annotation'
import { HISTORY_RANGES, type HistoryRange, type SloDetail, type SloHistory } from '@/lib/slo/detail'
import { LOOKBACKS } from '@/lib/slo/lookback'
import { windowLabel } from '@/lib/slo/window'
import { unitOf } from './units'

const loading = () => <div className="chart-bones" />
const BudgetChart = dynamic(() => import('@/components/charts/budget-chart'), { ssr: false, loading })
const BurnChart = dynamic(() => import('@/components/charts/burn-chart'), { ssr: false, loading })
const SliChart = dynamic(() => import('@/components/charts/sli-chart'), { ssr: false, loading })

const POINTS = 720
/** the lines of the burn chart */
const DRAWN = ['h1', 'h6', 'h24'] as const
const RANGE_WORDS: Record<HistoryRange, string> = { '24h': '24 h', '7d': '7 d', '30d': '30 d', '90d': '90 d' }

type Props = {
  detail: SloDetail
  history: SloHistory
  annotations: Annotation[]
  range: HistoryRange
  pending: boolean
  onRange: (range: HistoryRange) => void
}

/** Budget, burn and SLI on one time axis with one cursor. */
export function ChartStack({ detail, history: stored, annotations, range, pending, onRange }: Props) {
  const narrow = useMedia('(max-width: 719px)')
  const [places, setPlaces] = useState<Record<string, HTMLElement | null>>({})
  const place = (name: string) => (element: HTMLElement | null) => {
    setPlaces((known) => (known[name] === element || element === null ? known : { ...known, [name]: element }))
  }
  const { status, outlook, policy, target, pairs, window } = detail
  const history = useMemo(() => withLivePoint(stored, status), [stored, status])
  const ending = outlook?.kind === 'ends' ? outlook : null
  const left = status && status.reason.rule !== 'no-history' ? status.remaining : null
  const drawn = useMemo(() => {
    const axis = prepareTimeAxis(history.from, history.to, range)
    const domain = ninesDomain(history.sli, target)
    const rows = [...prepareHistory(history, POINTS, domain[1]), ...prepareProjection(left, history.to, axis.end, ending)]
    return { axis, domain, rows, budget: budgetScale([...history.remaining, ...(history.measuredRemaining ?? []), left]) }
  }, [history, range, target, left, ending])
  const thresholds = useMemo(
    () => pairs.map((pair) => ({ value: pair.threshold, name: `${pair.severity}, ${lengthText(pair.long)}` })),
    [pairs],
  )
  const burns = useMemo(
    () =>
      burnScale(
        history,
        thresholds.map(({ value }) => value),
      ),
    [history, thresholds],
  )
  const shared = {
    axis: drawn.axis,
    range,
    gaps: history.gaps,
    exclusions: history.exclusions,
    annotations,
    narrow,
    rows: drawn.rows,
  }
  const unit = unitOf(detail)
  const taken = {
    of: `${detail.service.name}, ${detail.name}`,
    span: `${instantText(history.from, history.to)} to ${instantText(history.to, history.to)} UTC, as of the latter`,
  }
  return (
    <section className={`panel charts is-${status?.state ?? 'no-data'}`} aria-label="History" aria-busy={pending}>
      <Chart
        title="Budget left"
        note={
          history.measuredRemaining
            ? `${windowLabel(window)}; dotted: as measured, hatched: excluded`
            : `${windowLabel(window)}, every number at its own time`
        }
        readout={place('budget')}
        size="budget"
        lane={
          <EventLane
            axis={drawn.axis}
            annotations={annotations}
            exclusions={history.exclusions}
            credits={history.credits}
            narrow={narrow}
          />
        }
        take={
          <ChartExport
            name="Budget left"
            of={taken.of}
            note={`% of the budget of ${windowLabel(window)}; ${taken.span}`}
            csv={() => budgetCsv(stored)}
            events={() => eventsCsv({ annotations, exclusions: stored.exclusions, credits: stored.credits })}
          />
        }
        end={
          <div className="seg" data-no-picture>
            {HISTORY_RANGES.map((name) => (
              <button
                key={name}
                type="button"
                data-word={RANGE_WORDS[name]}
                aria-pressed={name === range}
                onClick={() => onRange(name)}
              >
                {RANGE_WORDS[name]}
              </button>
            ))}
          </div>
        }
      >
        <BudgetChart
          {...shared}
          showTime={false}
          readout={places.budget ?? null}
          scale={drawn.budget}
          floors={policy.floor}
          rises={history.rises}
          credits={history.credits}
          corrected={history.measuredRemaining !== null}
          left={left}
          endsAt={ending?.at ?? null}
          label={budgetSummary(history)}
        />
      </Chart>
      <Chart
        title="Burn rate"
        note={
          <>
            {DRAWN.map((key, i) => (
              <span key={key} className={`burn-key burn-key-${i}`}>
                <i />
                {lengthText(LOOKBACKS[key])} <b>{burnText(status?.burn[key] ?? null)}</b>×
              </span>
            ))}
            log scale
          </>
        }
        readout={place('burn')}
        size="burn"
        take={
          <ChartExport
            name="Burn rate"
            of={taken.of}
            note={`× what the budget allows; ${taken.span}`}
            csv={() => burnCsv(stored)}
          />
        }
      >
        <BurnChart
          {...shared}
          showTime={false}
          readout={places.burn ?? null}
          scale={burns}
          thresholds={thresholds}
          label={burnSummary(history)}
        />
      </Chart>
      <Chart
        title={`SLI, per ${lengthText(history.step)}`}
        note="nines scale; a gap is a gap"
        readout={place('sli')}
        size="sli"
        take={<ChartExport name="SLI" of={taken.of} note={`% of ${unit}; ${taken.span}`} csv={() => sliCsv(stored, unit)} />}
      >
        <SliChart
          {...shared}
          showTime
          readout={places.sli ?? null}
          domain={drawn.domain}
          target={target}
          unit={unit}
          label={sliSummary(history, target)}
        />
      </Chart>
    </section>
  )
}

type ChartProps = {
  title: string
  note: ReactNode
  readout: (element: HTMLElement | null) => void
  size: string
  take: ReactNode
  end?: ReactNode
  lane?: ReactNode
  children: ReactNode
}

function Chart({ title, note, readout, size, take, end, lane, children }: ChartProps) {
  return (
    <div className="chart" data-chart>
      <header className="chart-head">
        <h3>{title}</h3>
        <span className="chart-note">{note}</span>
        <span className="chart-readout" ref={readout} data-no-picture />
        {end}
        {take}
      </header>
      {lane ? <div className="chart-lane">{lane}</div> : null}
      <div className={`chart-${size}`}>{children}</div>
    </div>
  )
}
