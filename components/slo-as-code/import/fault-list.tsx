'use client'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import type { Fault } from '@/lib/slo-as-code/fault'
import { FaultMark } from './fault-mark'
import { VirtualRows } from './virtual-rows'

type Props = {
  faults: Fault[]
  /** place of the one that is looked at */
  at: number | null
  onOpen: (at: number) => void
}

type Row = { kind: 'file'; name: string } | { kind: 'fault'; at: number; fault: Fault }

const ESTIMATE = { file: 29, fault: 62 }

/** All faults of all files; only those in view are drawn. */
export function FaultList({ faults, at, onOpen }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => rowsOf(faults), [faults])
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (i) => ESTIMATE[rows[i]?.kind ?? 'fault'],
    overscan: 8,
    initialRect: { width: 360, height: 600 },
    getItemKey: (i) => {
      const row = rows[i]
      return row?.kind === 'fault' ? row.at : `file ${row?.name}`
    },
  })
  useEffect(() => {
    const place = at === null ? -1 : rows.findIndex((row) => row.kind === 'fault' && row.at === at)
    if (place >= 0) virtualizer.scrollToIndex(place, { align: 'auto' })
  }, [at, rows, virtualizer])
  return (
    <div ref={box} className="faults-box">
      <VirtualRows rows={rows} virtualizer={virtualizer}>
        {(row) =>
          row.kind === 'file' ? (
            <h3>{row.name}</h3>
          ) : (
            <FaultRow fault={row.fault} current={row.at === at} onOpen={() => onOpen(row.at)} />
          )
        }
      </VirtualRows>
    </div>
  )
}

function FaultRow({ fault, current, onOpen }: { fault: Fault; current: boolean; onOpen: () => void }) {
  const { severity, line, column, path, reason, suggestion } = fault
  return (
    <button type="button" className="faults-one" aria-current={current ? 'true' : undefined} onClick={onOpen}>
      <FaultMark severity={severity} />
      <span className="faults-words">
        <span className="sr-only">{severity === 'error' ? 'Error: ' : 'Warning: '}</span>
        {reason} {suggestion ? <b>{suggestion}</b> : null}
        {path ? <span className="faults-path">{path}</span> : null}
      </span>
      <span className="faults-place">
        <span className="sr-only">line </span>
        {line}:{column}
      </span>
    </button>
  )
}

/** A heading per file, unless there is only one. */
function rowsOf(faults: Fault[]): Row[] {
  const several = faults.some(({ file }) => file !== faults[0]?.file)
  const rows: Row[] = []
  faults.forEach((fault, at) => {
    if (several && fault.file !== faults[at - 1]?.file) rows.push({ kind: 'file', name: fault.file })
    rows.push({ kind: 'fault', at, fault })
  })
  return rows
}
