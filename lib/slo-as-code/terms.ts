import { lengthText } from '../format-time'
import { slugOf } from '../slo/definition-input'
import type { SloWindow } from '../slo/window'
import { DAY, type Seconds } from '../time-series/units'
import type { Cursor } from './cursor'
import { shown } from './fault'

/** Names, labels and windows of other formats as the portal writes them. */

const LABEL = /^[a-zA-Z_][a-zA-Z0-9_-]{0,62}$/
/** as the portal keeps them */
const MOST_LABELS = 30
const MOST_VALUE = 100

/** A name as a slug; a sentence where nothing of it is left. */
export function slugAt(cursor: Cursor, ...parts: (string | undefined)[]): string {
  const slug = slugOf(parts.filter(Boolean).join('-'))
  if (slug === '' && parts.some(Boolean)) cursor.error('validate', 'The name has no letter or digit that an address could keep.')
  return slug
}

/** Labels whose keys or values the portal cannot keep are written differently, with a warning each. */
export function labelsAt(...sources: Cursor[]): Record<string, string> {
  const labels: Record<string, string> = {}
  for (const source of sources)
    for (const key of source.keys()) {
      const at = source.get(key)
      const value =
        at.item?.kind === 'list'
          ? at
              .each()
              .flatMap((one) => one.word() ?? [])
              .join('; ')
          : (at.word() ?? '')
      const kept = LABEL.test(key)
        ? key
        : key
            .replace(/[^a-zA-Z0-9_-]/g, '_')
            .replace(/^(?=[^a-zA-Z_])/, '_')
            .slice(0, 63)
      if (value === '' || value.length > MOST_VALUE)
        at.warn('validate', `The label ${shown(key)} is left out: a value has 1 to ${MOST_VALUE} characters.`)
      else if (Object.keys(labels).length >= MOST_LABELS && !Object.hasOwn(labels, kept))
        at.warn('validate', `The label ${shown(key)} is left out: there are at most ${MOST_LABELS}.`)
      else if (kept === '__proto__') at.warn('validate', `The label ${shown(key)} is left out: it has no name that can be kept.`)
      else labels[kept] = value
      if (kept !== key) at.warn('validate', `The label ${shown(key)} is kept as ${kept}.`)
    }
  return labels
}

/** A rolling window in whole days; another length is said. */
export function rollingAt(cursor: Cursor, seconds: Seconds): SloWindow {
  const days = Math.min(366, Math.max(1, Math.round(seconds / DAY)))
  if (days * DAY !== seconds)
    cursor.warn('validate', `A window is a whole number of days, from 1 to 366: ${lengthText(seconds)} become ${days} d.`)
  return { kind: 'rolling', days }
}

/** A target as a ratio. 100 % leaves no budget and 0 % promises nothing: neither can be kept here. */
export function targetAt(cursor: Cursor, ratio: number): number | null {
  if (ratio > 0 && ratio < 1) return ratio
  cursor.warn('validate', `A target of ${ratio * 100} % cannot be measured: it has to be above 0 and below 100 %.`)
  return null
}

/** 99.9 as 0.999, without what floating point would add. */
export const ratioOfPercent = (percent: number): number => Number((percent / 100).toPrecision(15))

export const addedUp = (cursor: Cursor, grouping: string[]): void => {
  if (grouping.length > 0)
    cursor.warn('validate', `Each ${grouping.join(', ')} has a budget of its own in this format; here all of them are added up.`)
}
