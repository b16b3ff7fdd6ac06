import { type Cursor, meant } from './cursor'
import { shown } from './fault'

/** Rules that several formats share. Each reports at the value, or at what should hold it. True when it is fine. */

export function required(cursor: Cursor): boolean {
  const empty = !cursor.present || cursor.text() === ''
  if (empty) cursor.error('validate', `${cursor.path.split('.').at(-1)} is required.`)
  return !empty
}

/** As `required`, of an object: one whose fields are all empty is as good as none. True when something stands in it. */
export function requiredObject(cursor: Cursor): boolean {
  const fields = cursor.keys().map((key) => cursor.get(key))
  if (fields.some((field) => field.present && field.text() !== '' && field.flag() !== false)) return true
  // Of anything else it was said when it was decoded.
  if (!cursor.present || cursor.item?.kind === 'map') cursor.error('validate', `${cursor.path.split('.').at(-1)} is required.`)
  return false
}

export function atMost(cursor: Cursor, length: number): void {
  const written = [...(cursor.text() ?? '')].length
  if (written > length) cursor.error('validate', `Use at most ${length} characters; these are ${written}.`)
}

export function oneOf(cursor: Cursor, values: readonly string[]): void {
  const written = cursor.text()
  if (written === undefined || written === '' || values.includes(written)) return
  cursor.error('validate', `“${shown(written)}” is none of ${values.join(', ')}.`, meant(written, values))
}

/** Exactly one of these fields. */
export function exactlyOne(cursor: Cursor, names: string[]): boolean {
  const there = names.filter((name) => cursor.get(name).present)
  if (there.length === 1) return true
  // Of something else than a map it was said before.
  if (cursor.present && cursor.item?.kind !== 'map') return false
  if (there.length === 0 && names.some((name) => cursor.get(name).meant)) return false
  const list = names.join(', ')
  cursor.error(
    'validate',
    there.length === 0 ? `Exactly one of ${list} is required.` : `${there.join(' and ')} exclude each other: use one of ${list}.`,
  )
  return false
}

/** Numbers outside of what the format allows. */
export function within(cursor: Cursor, fine: (value: number) => boolean, words: string, suggestion?: string): void {
  const value = cursor.number()
  if (value !== undefined && !fine(value)) cursor.error('validate', `${value} is not ${words}.`, suggestion)
}

/** A share where percents belong passes every format, and promises next to nothing. */
export function inPercent(cursor: Cursor, what: string, percent = cursor.number() ?? 0): void {
  if (percent > 0 && percent < 1)
    cursor.warn(
      'validate',
      `The ${what} is in percent: ${percent} means ${percent} %.`,
      `Did you mean ${Number((percent * 100).toPrecision(12))}?`,
    )
}

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

/** RFC 1123. */
export function dnsLabel(cursor: Cursor): void {
  const written = cursor.text()
  if (written === undefined || written === '' || DNS_LABEL.test(written)) return
  const better = written
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)
  cursor.error(
    'validate',
    `“${shown(written)}” is no DNS label: use small letters, digits and hyphens, at most 63.`,
    DNS_LABEL.test(better) && better !== written ? `Write ${better}.` : undefined,
  )
}

/** They stand in queries and rules one day: nothing in them may end a string there. */
const ENDS_A_STRING = /["`\\{}\p{Cc}\u2028\u2029]/u

export function plainWords(cursor: Cursor): void {
  const written = cursor.word()
  if (written !== undefined && ENDS_A_STRING.test(written))
    cursor.error(
      'validate',
      'Quotes, backslashes, braces and line ends are not allowed here: this becomes part of rules and queries.',
    )
}
