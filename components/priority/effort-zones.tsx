'use client'
import { useState } from 'react'
import { EFFORT_COST, EFFORTS, type Effort } from '@/lib/priority/priority'
import type { PriorityRow } from '@/lib/priority/schema'

type Props = {
  rows: PriorityRow[]
  /** number of the SLO on its way */
  dragged: number | null
  onDrop: (slo: number, effort: Effort) => void
}

/** Where a gap is dropped to say how much work it is. Without a mouse the field in its row does the same. */
export function EffortZones({ rows, dragged, onDrop }: Props) {
  const [over, setOver] = useState<Effort | null>(null)
  return (
    <ul className="pr-zones" aria-label="Gaps by effort">
      {EFFORTS.map((effort) => {
        const own = rows.filter((row) => row.effort === effort)
        return (
          <li
            key={effort}
            className={over === effort ? 'pr-over' : dragged === null ? '' : 'pr-ready'}
            onDragOver={(event) => {
              event.preventDefault()
              event.dataTransfer.dropEffect = 'move'
              setOver(effort)
            }}
            onDragLeave={() => setOver(null)}
            onDrop={(event) => {
              event.preventDefault()
              setOver(null)
              const slo = Number(event.dataTransfer.getData('text/plain'))
              if (slo > 0) onDrop(slo, effort)
            }}
          >
            <b>{effort}</b>
            <span>costs {EFFORT_COST[effort]}</span>
            <span className="num">
              {own.length} {own.length === 1 ? 'gap' : 'gaps'}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
