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

const labelKey = (key: string): string =>
  LABEL.test(key)
    ? key
    : key
        .replace(/[^a-zA-Z0-9_-]/g, '_')
        .replace(/^(?=[^a-zA-Z_])/, '_')
        .slice(0, 63)

/** By the key it is kept as, the label that is: of several the one that is written so, else the first. */
function keptLabels(keys: string[]): Map<string, string> {
  const kept = new Map<string, string>()
  for (const key of keys) if (labelKey(key) === key || !kept.has(labelKey(key))) kept.set(labelKey(key), key)
  return kept
}

const labelValue = (at: Cursor): string =>
  at.item?.kind === 'list'
    ? at
        .each()
        .flatMap((one) => one.word() ?? [])
        .join('; ')
    : (at.word() ?? '')

/** Labels whose keys or values the portal cannot keep are written differently or left out, with a warning each. */
export function labelsAt(...sources: Cursor[]): Record<string, string> {
  const labels: Record<string, string> = {}
  for (const source of sources) {
    const holders = keptLabels(source.keys())
    for (const key of source.keys()) {
      const [at, kept] = [source.get(key), labelKey(key)]
      const value = labelValue(at)
      const reason = whyLeftOut(key, value, holders.get(kept) as string, labels)
      if (reason) at.warn('validate', `The label ${shown(key)} is left out: ${reason}.`)
      else {
        labels[kept] = value
        if (kept !== key) at.warn('validate', `The label ${shown(key)} is kept as ${kept}.`)
      }
    }
  }
  return labels
}

function whyLeftOut(key: string, value: string, holder: string, labels: Record<string, string>): string | null {
  const kept = labelKey(key)
  if (holder !== key) return `it would become ${kept} here, and the value of ${shown(holder)} is kept`
  if (value === '' || value.length > MOST_VALUE) return `a value has 1 to ${MOST_VALUE} characters`
  if (Object.keys(labels).length >= MOST_LABELS && !Object.hasOwn(labels, kept)) return `there are at most ${MOST_LABELS}`
  return kept === '__proto__' ? 'it has no name that can be kept' : null
}

/** as the portal keeps it */
export const MOST_LINK = 2_000

/** An address of the web; anything else is no link. */
export function linkAt(cursor: Cursor): string | null {
  const written = cursor.word() ?? ''
  if (!/^https?:\/\//i.test(written)) return null
  if (written.length <= MOST_LINK) return written
  cursor.warn('validate', `The link is left out: it has ${written.length} characters, and at most ${MOST_LINK} are kept.`)
  return null
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
