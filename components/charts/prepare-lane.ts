import type { Annotation } from '@/lib/ledger/annotation'
import type { TimeAxis } from './prepare-time-axis'

export type LaneKind = Annotation['kind'] | 'exclusion' | 'credit'
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

/** Names need this much of the plot, per cent; on phones more. */
const ROOM = { wide: 9, narrow: 28 }

export type LaneEvent = Omit<Annotation, 'kind' | 'id'> & { kind: LaneKind; id: number | string }

/** Marks at their places; of names that would touch, the first stays: incidents before releases before the rest. */
export function prepareLane(
  events: LaneEvent[],
  { from, now, end }: TimeAxis,
  { words, narrow }: { words: (event: LaneEvent) => string; narrow: boolean },
): LaneMark[] {
  const room = narrow ? ROOM.narrow : ROOM.wide
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
    if (mark.label === '' || taken.some((left) => Math.abs(left - mark.left) < room)) continue
    mark.named = true
    taken.push(mark.left)
  }
  return marks
}

const ORDER: LaneKind[] = ['incident', 'dependency', 'exclusion', 'release', 'credit', 'page', 'ticket']
