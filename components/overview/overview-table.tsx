'use client'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useMedia } from '@/components/ui/use-media'
import type { Sort, OverviewTable as Table } from '@/lib/slo/overview-rows'
import type { OverviewGroup, OverviewView } from '@/lib/slo/overview-view'
import type { Heads } from './columns'
import { OverviewRow } from './overview-row'
import { TableHead } from './table-head'

type Props = {
  table: Table
  view: OverviewView
  /** the whole list is here, not only its top */
  complete: boolean
  heads: Heads
  sort: Sort
  onSort: (key: Sort['key']) => void
  now: number
  /** set here: brings the row at a place of the list into view and gives it the focus */
  focusRow: RefObject<(place: number) => void>
}

const ROW = 26
const CARD = 94
const GROUP = 24

/** A real table of which only the rows in view exist. */
export function OverviewTable({ table, view, complete, heads, sort, onSort, now, focusRow }: Props) {
  const narrow = useMedia('(max-width: 719px)')
  const height = narrow ? CARD : ROW
  const body = useRef<HTMLTableSectionElement>(null)
  const [top, setTop] = useState(0)
  const [wanted, setWanted] = useState<number | null>(null)
  useLayoutEffect(() => {
    const measure = () => setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])
  const { items } = view
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: (i) => ((items[i] as number) < 0 ? GROUP : height),
    overscan: 16,
    scrollMargin: top,
    scrollPaddingStart: 140,
    scrollPaddingEnd: 60,
  })
  // Sizes follow the width of the window and the list; the virtualizer knows neither.
  const shape = useRef({ height, items })
  useEffect(() => {
    if (shape.current.height === height && shape.current.items === items) return
    shape.current = { height, items }
    virtualizer.measure()
  }, [virtualizer, height, items])
  focusRow.current = (place) => {
    virtualizer.scrollToIndex(place, { align: 'auto' })
    // At once where the row exists, so that keys pressed quickly count from it; else when it has been drawn.
    if (!focusLink(body.current, place)) setWanted(place)
  }
  const drawn = complete ? virtualizer.getVirtualItems() : null
  const first = drawn?.[0]?.index ?? -1
  const last = drawn?.at(-1)?.index ?? -1
  useEffect(() => {
    if (wanted === null || wanted < first || wanted > last) return
    focusLink(body.current, wanted)
    setWanted(null)
  }, [wanted, first, last])
  const before = drawn ? (drawn[0]?.start ?? top) - top : 0
  const after = drawn
    ? virtualizer.getTotalSize() - ((drawn.at(-1)?.end ?? top) - top)
    : Math.max(0, view.matched - items.filter((item) => item >= 0).length) * height
  const places = drawn ? drawn.map(({ index }) => index) : items.map((_, index) => index)
  return (
    <table className="o-table" aria-rowcount={view.matched + 1}>
      <caption className="sr-only">SLOs and what is left of their error budgets</caption>
      <TableHead heads={heads} sort={sort} onSort={onSort} />
      <tbody ref={body}>
        <Space height={before} />
        {places.map((place) => {
          const item = items[place] as number
          const group = item < 0 ? view.groups[-1 - item] : undefined
          if (group) return <Group key={`g${item}`} group={group} />
          return <OverviewRow key={table.columns.id[item]} columns={table.columns} row={item} index={place} now={now} />
        })}
        <Space height={after} />
      </tbody>
    </table>
  )
}

function focusLink(body: HTMLElement | null, place: number): boolean {
  const link = body?.querySelector<HTMLElement>(`[data-index="${place}"] .o-link`)
  link?.focus({ preventScroll: true })
  return link != null
}

const Space = ({ height }: { height: number }) =>
  height > 0 ? (
    <tr>
      <td style={{ height, padding: 0 }} />
    </tr>
  ) : null

/** One cell whose words run over the empty rest of the row: a colspan would count hidden columns. */
const Group = ({ group }: { group: OverviewGroup }) => (
  <tr className="o-group">
    <th scope="rowgroup">
      {group.title} <span>{[group.count, group.rule].filter(Boolean).join(' · ')}</span>
    </th>
  </tr>
)
