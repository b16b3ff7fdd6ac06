'use client'
import { useState } from 'react'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { type Effort, type Ranked, rank } from '@/lib/priority/priority'
import type { PriorityRow } from '@/lib/priority/schema'
import { effortText } from '@/lib/priority/words'
import { EffortZones } from './effort-zones'
import { PriorityTable } from './priority-table'
import { UnknownList } from './unknown-list'
import { useEstimates } from './use-estimates'

type Props = { gaps: Ranked<PriorityRow>[]; unknown: PriorityRow[]; people: { id: string; name: string }[]; may: boolean }

/** Gaps in the order in which they are worth closing; an estimate changes the order at once. */
export function PriorityBoard({ gaps, unknown, people, may }: Props) {
  const [dragged, setDragged] = useState<number | null>(null)
  const [last, setLast] = useState<{ id: number; effort: Effort } | null>(null)
  const { current, estimate, message } = useEstimates(({ slo }, effort) => setLast({ id: slo.id, effort }))
  const ranked = rank(gaps.map((gap) => current(gap))).gaps
  const rowOf = (id: number) => ranked.find(({ slo }) => slo.id === id)
  const moved = last && rowOf(last.id)
  const drop = (id: number, effort: Effort) => {
    const row = rowOf(id)
    setDragged(null)
    if (row) void estimate(row, effort)
  }
  return (
    <section aria-labelledby="gaps-title">
      {message ? <Notice tone="critical">{message}</Notice> : null}
      <header className="pr-head">
        <h2 id="gaps-title">Gaps worth closing</h2>
        <p>
          Impact × overspend ÷ effort, largest first. A gap spends faster than its budget allows, told people of alerts within 30
          days, or has a broken indicator.
        </p>
        <p role="status">
          {moved ? `${moved.slo.name}: ${effortText(moved.effort)}, rank ${moved.rank} of ${ranked.length}.` : ''}
        </p>
      </header>
      {ranked.length === 0 ? (
        <EmptyState title="No gap">
          Every budget that can be judged lasts, no alert told anybody within 30 days, and no indicator is broken.
        </EmptyState>
      ) : (
        <>
          {may ? <EffortZones rows={ranked} dragged={dragged} onDrop={drop} /> : null}
          <PriorityTable rows={ranked} people={people} may={may} onDrag={setDragged} onEstimate={estimate} />
        </>
      )}
      <UnknownList rows={unknown} />
    </section>
  )
}
