type Column = readonly (number | null)[]

/**
 * Positions to draw when there are more points than `limit`: per stretch of time the lowest and the highest of every
 * column, one gap if there is any, and both ends of the whole. A spike of one minute survives any thinning.
 */
export function keepExtremes(length: number, limit: number, columns: readonly Column[]): number[] {
  if (length <= limit) return Array.from({ length }, (_, i) => i)
  const perBucket = columns.length * 2 + 1
  const buckets = Math.max(1, Math.floor((limit - 2) / perBucket))
  const kept = new Set<number>([0, length - 1])
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const start = Math.floor((bucket * length) / buckets)
    const end = Math.floor(((bucket + 1) * length) / buckets)
    for (const column of columns) for (const at of extremesOf(column, start, end)) kept.add(at)
    const gap = gapIn(columns[0] ?? [], start, end)
    if (gap !== null) kept.add(gap)
  }
  return [...kept].sort((a, b) => a - b)
}

function extremesOf(column: Column, start: number, end: number): number[] {
  let low: number | null = null
  let high: number | null = null
  for (let at = start; at < end; at += 1) {
    const value = column[at]
    if (value == null) continue
    if (low === null || value < (column[low] as number)) low = at
    if (high === null || value > (column[high] as number)) high = at
  }
  return [low, high].filter((at) => at !== null)
}

function gapIn(column: Column, start: number, end: number): number | null {
  for (let at = start; at < end; at += 1) if (column[at] == null) return at
  return null
}
