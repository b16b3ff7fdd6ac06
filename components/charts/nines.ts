import type { Ratio } from '@/lib/time-series/units'

/** Where a ratio stands on a nines scale: 0 at 0 %, 1 at 90 %, 3 at 99.9 %; infinite at 100 %. */
export const ninesOf = (ratio: Ratio): number => (ratio >= 1 ? Number.POSITIVE_INFINITY : -Math.log10(1 - ratio))

/** 0, 90, 99, 99.9: the percentage a whole number of nines stands for. */
export function ninesLabel(nines: number): string {
  if (nines <= 0) return '0'
  return nines <= 2 ? '9'.repeat(nines).padEnd(2, '0') : `99.${'9'.repeat(nines - 2)}`
}

/**
 * The part of the scale worth showing: from the worst measured value, always with room under the target, to one nine
 * above the target. All good has no place on it and is drawn along the upper edge.
 */
export function ninesDomain(values: (Ratio | null)[], target: Ratio): [number, number] {
  const goal = ninesOf(target)
  let lowest = goal - 0.6
  for (const value of values) if (value !== null && value < 1) lowest = Math.min(lowest, ninesOf(value) - 0.15)
  return [Math.max(0, lowest), goal + 1.1]
}

/** Whole nines inside the domain. */
export function ninesTicks([low, high]: [number, number]): number[] {
  const first = Math.ceil(low)
  return Array.from({ length: Math.max(0, Math.floor(high) - first + 1) }, (_, i) => first + i)
}
