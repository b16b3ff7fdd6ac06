import type { Annotation } from '@/lib/ledger/annotation'
import type { TimeAxis } from './prepare-time-axis'

export type LaneKind = Annotation['kind'] | 'exclusion' | 'credit'
export type LaneEvent = Omit<Annotation, 'kind' | 'id'> & { kind: LaneKind; id: number | string }

export type LaneMark = {
  key: string
  kind: LaneKind
  /** per cent of the plot */
  left: number
  width: number
  label: string
  /** what a reader hears and a pointer shows */
  text: string
  href: string
  /** there is room for its name */
  named: boolean
}

/** Marks so close that a finger could not tell them apart: one thing to press. Per cent of the plot. */
export type LaneGroup = { key: string; left: number; width: number; marks: LaneMark[] }

/** What names and fingers need of the plot, per cent; on phones more. */
const NEEDS = { wide: { name: 9, finger: 4.2 }, narrow: { name: 28, finger: 10 } }
/** Of names that would touch, the first of these stays. */
const ORDER: LaneKind[] = ['incident', 'dependency', 'exclusion', 'release', 'definition', 'credit', 'page', 'ticket']

/** Marks at their places on the time axis, and what can be pressed. */
export function prepareLane(
  events: LaneEvent[],
  { from, now, end }: TimeAxis,
  { words, narrow }: { words: (event: LaneEvent) => string; narrow: boolean },
): { marks: LaneMark[]; groups: LaneGroup[] } {
  const needs = narrow ? NEEDS.narrow : NEEDS.wide
  const place = (ts: number) => (100 * (Math.min(now, Math.max(from, ts)) - from)) / (end - from)
  const marks = events
    .filter((event) => event.from <= now && (event.to ?? now) >= from)
    .map((event): LaneMark => {
      const left = place(event.from)
      const key = `${event.kind}-${event.id}-${event.from}`
      const { kind, label, href } = event
      return { key, kind, label, href, left, width: place(event.to ?? now) - left, text: words(event), named: false }
    })
  const taken: number[] = []
  for (const mark of [...marks].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.width - a.width)) {
    if (mark.label === '' || taken.some((left) => Math.abs(left - mark.left) < needs.name)) continue
    mark.named = true
    taken.push(mark.left)
  }
  return { marks, groups: groupsOf(marks, needs.finger) }
}

function groupsOf(marks: LaneMark[], finger: number): LaneGroup[] {
  const groups: LaneGroup[] = []
  for (const mark of [...marks].sort((a, b) => a.left - b.left)) {
    const middle = mark.left + mark.width / 2
    const left = Math.min(mark.left, middle - finger / 2)
    const right = Math.max(mark.left + mark.width, middle + finger / 2)
    const last = groups.at(-1)
    if (last && left < last.left + last.width) {
      const start = Math.min(last.left, left)
      last.width = Math.max(last.left + last.width, right) - start
      last.left = start
      last.marks.push(mark)
    } else groups.push({ key: mark.key, left, width: right - left, marks: [mark] })
  }
  return groups
}
