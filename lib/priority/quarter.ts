import { z } from 'zod'
import type { Period } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'

/** A quarter of a year in UTC, written 2026-Q4. */
export type Quarter = string

const WRITTEN = /^(\d{4})-Q([1-4])$/
export const quarterSchema = z
  .string({ error: 'Write the quarter as 2026-Q4.' })
  .regex(/^20\d{2}-Q[1-4]$/, { error: 'Write the quarter as 2026-Q4.' })

function partsOf(quarter: Quarter): { year: number; number: number } {
  const [, year, number] = WRITTEN.exec(quarter) ?? []
  return { year: Number(year), number: Number(number) }
}

const startOf = (year: number, number: number): UnixSeconds => Date.UTC(year, (number - 1) * 3, 1) / 1000

/** The whole quarter: its start is left out, its end included. */
export function periodOf(quarter: Quarter): Period {
  const { year, number } = partsOf(quarter)
  return { from: startOf(year, number), to: startOf(year, number + 1) }
}

/** The quarter that an instant belongs to: midnight is the last moment of the old one. */
export function quarterOf(now: UnixSeconds): Quarter {
  const at = new Date((now - 1) * 1000)
  return `${at.getUTCFullYear()}-Q${Math.floor(at.getUTCMonth() / 3) + 1}`
}

/** Some quarters later, or earlier. */
export function quartersFrom(quarter: Quarter, count: number): Quarter {
  const { year, number } = partsOf(quarter)
  const index = year * 4 + number - 1 + count
  return `${Math.floor(index / 4)}-Q${(((index % 4) + 4) % 4) + 1}`
}

/** Q4 2026 */
export function quarterText(quarter: Quarter): string {
  const { year, number } = partsOf(quarter)
  return `Q${number} ${year}`
}
