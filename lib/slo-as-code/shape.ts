import type { Cursor } from './cursor'
import { nearest, shown } from './fault'
import { ratioOfPercent } from './terms'

/** What a format allows where: fields and types, nothing else. The first of the three stages. */
export type Shape =
  | 'text'
  | 'word'
  | 'number'
  /** numbers that people write in percent: from 0 to 1, and from 0 to 100 */
  | 'share'
  | 'percent'
  /** texts that are lengths, by the unit that one without any most likely lacks */
  | 'milliseconds'
  | 'minutes'
  | 'hours'
  | 'days'
  | 'flag'
  | 'any'
  /** a text or a list of texts */
  | 'texts'
  /** map of anything */
  | 'record'
  | { list: Shape }
  /** keys that people choose */
  | { map: Shape }
  | { fields: Fields }
export type Fields = { [name: string]: Shape }

export const list = (shape: Shape): Shape => ({ list: shape })
export const map = (shape: Shape): Shape => ({ map: shape })
export const object = (fields: Fields): Shape => ({ fields })

const LENGTH = 'a length with its unit'
const WANTED: Record<string, string> = {
  text: 'a text',
  word: 'a text',
  number: 'a number',
  share: 'a number',
  percent: 'a number',
  milliseconds: LENGTH,
  minutes: LENGTH,
  hours: LENGTH,
  days: LENGTH,
  flag: 'true or false',
  texts: 'a text or a list of texts',
  record: 'a map of fields',
}

const UNITS: Record<string, string> = { milliseconds: 'ms', minutes: 'm', hours: 'h', days: 'd' }
const isNumber = (shape: string): boolean => shape === 'number' || shape === 'share' || shape === 'percent'

/** Reports every field that is unknown and every value of another type. */
export function decode(cursor: Cursor, shape: Shape): void {
  if (!cursor.present || shape === 'any') return
  if (typeof shape === 'string') {
    if (!fits(cursor, shape)) wrong(cursor, WANTED[shape] as string, quoting(cursor, shape))
  } else if ('list' in shape) {
    if (cursor.item?.kind !== 'list') wrong(cursor, 'a list')
    else for (const one of cursor.each()) decode(one, shape.list)
  } else if (cursor.item?.kind !== 'map')
    wrong(cursor, 'a map of fields', 'fields' in shape ? byName(cursor, shape.fields) : undefined)
  else if ('map' in shape) for (const key of cursor.keys()) decode(cursor.get(key), shape.map)
  else fields(cursor, shape.fields)
}

function fields(cursor: Cursor, known: Fields): void {
  for (const key of cursor.keys()) {
    const shape = Object.hasOwn(known, key) ? known[key] : undefined
    if (shape) {
      decode(cursor.get(key), shape)
      continue
    }
    const found = nearest(key, Object.keys(known))
    cursor.get(key).strange(`There is no field “${shown(key)}” here.`, found && `Did you mean ${found}?`)
    if (found) cursor.get(found).takenAsMeant()
  }
}

/** A bare name where an object may be named: its first field says how, as in conditionRef. */
function byName(cursor: Cursor, known: Fields): string | undefined {
  const [first = ''] = Object.keys(known)
  const name = cursor.text()
  if (!first.endsWith('Ref') || !name) return undefined
  return `Write ${cursor.path.endsWith(']') ? '- ' : ''}${first}: ${shown(name)}.`
}

function fits(cursor: Cursor, shape: string): boolean {
  if (shape === 'text' || UNITS[shape]) return cursor.text() !== undefined
  if (shape === 'word') return cursor.word() !== undefined
  if (isNumber(shape)) return Number.isFinite(cursor.number())
  if (shape === 'flag') return cursor.flag() !== undefined
  if (shape === 'record') return cursor.item?.kind === 'map'
  return (
    cursor.text() !== undefined ||
    (cursor.item?.kind === 'list' && cursor.each().every((one) => !one.present || one.text() !== undefined))
  )
}

const ARE: Record<string, string> = {
  map: 'a map',
  list: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
}

function wrong(cursor: Cursor, wanted: string, suggestion?: string): void {
  const { item } = cursor
  const is = item?.kind === 'scalar' ? typeof item.value : item?.kind
  cursor.error('decode', `This is ${ARE[is ?? ''] ?? 'something else'}, where ${wanted} belongs.`, suggestion)
}

/** 5 where "5" or 5m is wanted, and the other way round. */
function quoting(cursor: Cursor, shape: string): string | undefined {
  const written = cursor.word()
  if (written === undefined) return undefined
  const unit = UNITS[shape]
  if (unit) return /^[1-9]\d*$/.test(written) ? `Write ${written}${unit}.` : `Write a whole number and its unit, as in 5${unit}.`
  if (shape === 'text' || shape === 'texts') return `Put it in quotes: "${shown(written)}".`
  if (isNumber(shape)) return asNumber(written, shape)
  if (shape === 'flag' && /^(yes|on|true)$/i.test(written)) return 'Write true.'
  if (shape === 'flag' && /^(no|off|false)$/i.test(written)) return 'Write false.'
  return undefined
}

/** "0.999", and "99.9 %" and "99,9" where such a number is wanted. */
function asNumber(written: string, shape: string): string | undefined {
  const [, digits = '', sign = ''] = /^\s*(\d+(?:[.,]\d+)?)\s*(%?)\s*$/.exec(written) ?? []
  const number = Number(digits.replace(',', '.'))
  const inPercent = sign !== '' || (shape === 'share' && number > 1)
  if (inPercent && shape !== 'number' && number < 100) return `Write ${shape === 'share' ? ratioOfPercent(number) : number}.`
  if (written.trim() !== '' && Number.isFinite(Number(written))) return 'Leave the quotes out.'
  return digits !== '' && sign === '' ? `Write ${number}.` : undefined
}
