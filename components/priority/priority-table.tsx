'use client'
import { useState } from 'react'
import type { Effort, Ranked } from '@/lib/priority/priority'
import type { PriorityRow } from '@/lib/priority/schema'
import { PriorityRowView } from './priority-row'

type Props = {
  rows: Ranked<PriorityRow>[]
  people: { id: string; name: string }[]
  may: boolean
  onDrag: (slo: number | null) => void
  onEstimate: (row: PriorityRow, effort: Effort) => void
}

/** The list itself: what counts for each place stands in its row, and how it was worked out below it. */
export function PriorityTable({ rows, people, may, onDrag, onEstimate }: Props) {
  const [shown, setShown] = useState<number | null>(null)
  return (
    <table className="s-table pr-table">
      <caption className="sr-only">Reliability priorities</caption>
      <thead>
        <tr>
          <th scope="col" className="num">
            Rank
          </th>
          <th scope="col">SLO</th>
          <th scope="col">State</th>
          <th scope="col" className="num">
            Impact
          </th>
          <th scope="col" className="num">
            Overspend
          </th>
          <th scope="col">Effort</th>
          <th scope="col" className="num" aria-sort="descending">
            Score
          </th>
          <th scope="col">Owner</th>
          <th scope="col">Tracker</th>
          <th scope="col">What to do</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <PriorityRowView
            key={row.slo.id}
            row={row}
            people={people}
            may={may}
            open={shown === row.slo.id}
            onToggle={() => setShown(shown === row.slo.id ? null : row.slo.id)}
            onDrag={onDrag}
            onEstimate={onEstimate}
          />
        ))}
      </tbody>
    </table>
  )
}
