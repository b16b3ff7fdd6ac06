import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Period, SloWindow } from '../slo/window'
import type { UnixSeconds } from '../time-series/units'

export const BUCKETS = ['day', 'week', 'month'] as const
export type Bucket = (typeof BUCKETS)[number]

/** What a ledger is drawn up for: the window of the SLO as it stands, or a calendar month. */
export const ledgerQuerySchema = z.object({
  period: z
    .string()
    .regex(/^(window|\d{4}-(0[1-9]|1[0-2]))$/, { error: 'The period is “window” or a month such as 2026-11.' })
    .default('window'),
  by: z.enum(BUCKETS, { error: 'by is day, week or month.' }).default('day'),
})
export type LedgerQuery = z.infer<typeof ledgerQuerySchema>

/** Budgets of rolling windows know no zone: their days are those of UTC, as on the screens. */
export const zoneOf = (window: SloWindow): string => (window.kind === 'calendar' ? window.timeZone : 'UTC')

/** A month, whole. */
export function monthPeriod(month: string, zone: string): Period {
  const start = DateTime.fromISO(`${month}-01`, { zone })
  return { from: start.toUnixInteger(), to: start.plus({ months: 1 }).toUnixInteger() }
}

/** Days, weeks or months of a zone that together are the period; the first and the last may be shorter. */
export function bucketsOf({ from, to }: Period, by: Bucket, zone: string): Period[] {
  const buckets: Period[] = []
  for (let start = from; start < to; ) {
    const next = DateTime.fromSeconds(start, { zone })
      .startOf(by)
      .plus({ [`${by}s`]: 1 })
      .toUnixInteger()
    const end: UnixSeconds = Math.min(next, to)
    buckets.push({ from: start, to: end })
    start = end
  }
  return buckets
}

/** From an address: what cannot be read is the default. */
export function readLedgerQuery(params: Record<string, string | undefined>): LedgerQuery {
  const read = ledgerQuerySchema.safeParse({ period: params.period, by: params.by })
  return read.success ? read.data : ledgerQuerySchema.parse({})
}

/** This month and the ones before it, newest first: 2026-11, 2026-10 … */
export const monthsUntil = (now: UnixSeconds, count: number): string[] =>
  Array.from({ length: count }, (_, i) => DateTime.fromSeconds(now, { zone: 'UTC' }).minus({ months: i }).toFormat('yyyy-MM'))
