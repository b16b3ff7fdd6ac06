import { z } from 'zod'
import type { Suspicion } from './finding'

/** The shape of the series behind one selector: what is compared from one check to the next. */
const seenSchema = z.object({ labels: z.array(z.string()), series: z.number().int() })
export type Seen = z.infer<typeof seenSchema>

/** By the text of the selector, so that a new query begins anew. */
export const seenBySelectorSchema = z.record(z.string(), seenSchema)
export type SeenBySelector = z.infer<typeof seenBySelectorSchema>

/** Pods come and go; three times as many series, or a third, is another thing that is measured. */
const FACTOR = 3
const DIFFERENCE = 10

export function seenOf(series: Record<string, string>[]): Seen {
  const labels = new Set(series.flatMap((one) => Object.keys(one)))
  labels.delete('__name__')
  return { labels: [...labels].sort(), series: series.length }
}

/** What changed since the definition was last looked at, in one sentence; series that are gone altogether are no data. */
export function changedLabels(before: SeenBySelector, now: SeenBySelector): Suspicion | null {
  for (const [selector, seen] of Object.entries(now)) {
    const known = before[selector]
    if (!known || seen.series === 0 || known.series === 0) continue
    const change = differenceOf(known, seen)
    if (change)
      return {
        check: 'label-sets',
        severity: 'doubtful',
        message: `${change} on ${selector}. See whether the query still counts what is meant, then save it again.`,
      }
  }
  return null
}

function differenceOf(known: Seen, seen: Seen): string | null {
  const vanished = known.labels.filter((label) => !seen.labels.includes(label))
  const appeared = seen.labels.filter((label) => !known.labels.includes(label))
  const words = [named(vanished, 'vanished'), named(appeared, 'appeared')].filter(Boolean).join(' and the ')
  if (words) return `The ${words}`
  const [few, many] = [Math.min(known.series, seen.series), Math.max(known.series, seen.series)]
  return many >= few * FACTOR && many - few >= DIFFERENCE ? `${seen.series} series instead of ${known.series}` : null
}

const named = (labels: string[], verb: string): string =>
  labels.length === 0 ? '' : `${labels.length === 1 ? 'label' : 'labels'} ${labels.join(', ')} ${verb}`
