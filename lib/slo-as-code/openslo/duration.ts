import { DAY, HOUR, MINUTE, type Seconds } from '../../time-series/units'
import type { Cursor } from '../cursor'
import { shown } from '../fault'

/** `int` and one of m h d w M Q Y; M is a month and m a minute. */
export type Duration = { count: number; unit: string; seconds: Seconds }

/** As the SDK counts them. */
const LENGTHS: Record<string, Seconds> = {
  m: MINUTE,
  h: HOUR,
  d: DAY,
  w: 7 * DAY,
  M: 30 * DAY,
  Q: 90 * DAY,
  Y: 365 * DAY,
}

const PLAIN = /^\d+[mhdwMQY]$/

export function durationOf(text: string | undefined): Duration | null {
  const [, count, unit] = /^[^\S\n]*\+?(\d{1,9})[^\S\n]*([mhdwMQY])(?!\S)/.exec(text ?? '') ?? []
  return unit ? { count: Number(count), unit, seconds: Number(count) * (LENGTHS[unit] as number) } : null
}

/**
 * What is no number and a word is refused as the file is decoded, another unit when it is validated; one that nothing is
 * measured by (`idle`) may have any.
 */
export function durationRules(cursor: Cursor, idle = false): void {
  const written = cursor.text()
  if (written === undefined || written === '') return
  const duration = durationOf(written)
  if (duration?.seconds === 0) cursor.warn('validate', 'A length of 0 passes the format, and means nothing.')
  if (duration && !PLAIN.test(written))
    cursor.warn(
      'validate',
      `“${shown(written)}” is read as ${duration.count}${duration.unit}.`,
      `Write ${duration.count}${duration.unit}.`,
    )
  if (duration) return
  const words = `“${shown(written)}” is no duration: write a whole number and one of m (minutes), h, d, w, M (months), Q, Y.`
  const better = /^\d+\s*(s|sec|min|minutes?|hours?|days?|weeks?|months?|mo|y|years?|D|W|H)$/.test(written)
  const scanned = /^\s*[+-]?\d+\s*\S/.test(written)
  const hint = better ? suggested(written) : undefined
  if (idle && scanned) cursor.warn('validate', words, hint)
  else cursor.error(scanned ? 'validate' : 'decode', words, hint)
}

function suggested(written: string): string | undefined {
  const count = Number.parseInt(written, 10)
  const unit = written.replace(/[\d\s]/g, '')
  if (/^s/.test(unit)) return count % 60 === 0 && count > 0 ? `Write ${count / 60}m.` : undefined
  if (/^min/.test(unit)) return `Write ${count}m.`
  if (/^mo/.test(unit)) return `Write ${count}M.`
  if (/^y/.test(unit)) return `Write ${count}Y.`
  return `Write ${count}${unit[0]?.toLowerCase()}.`
}
