import type { Virtualizer } from '@tanstack/react-virtual'
import type { ReactNode } from 'react'

type Props<Row> = {
  rows: Row[]
  virtualizer: Virtualizer<HTMLElement, Element>
  children: (row: Row) => ReactNode
}

/** A list of which only what is in view is drawn; it says how long it is all the same. */
export function VirtualRows<Row>({ rows, virtualizer, children }: Props<Row>) {
  return (
    <ul className="faults-list" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ key, index, start }) => (
        <li
          key={key}
          ref={virtualizer.measureElement}
          data-index={index}
          aria-setsize={rows.length}
          aria-posinset={index + 1}
          style={{ transform: `translateY(${start}px)` }}
        >
          {children(rows[index] as Row)}
        </li>
      ))}
    </ul>
  )
}
