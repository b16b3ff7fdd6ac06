/** Moves labels apart so that none covers another: each keeps its place or moves the least way down. Pixels, any order. */
export function spreadLabels(places: readonly number[], gap: number): number[] {
  const order = places.map((_, i) => i).sort((a, b) => (places[a] as number) - (places[b] as number))
  const result = [...places]
  let last = Number.NEGATIVE_INFINITY
  for (const i of order) {
    last = Math.max(places[i] as number, last + gap)
    result[i] = last
  }
  return result
}
