/** Seeded chance: the same seed, key and instant always give the same number, in whatever order they are asked. */

const SEED = 0x48656164

/** A number in [0, 1). */
export function chance(key: number, instant: number): number {
  let h = SEED ^ Math.imul(key, 0x9e3779b1) ^ Math.imul(instant | 0, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296
}

/** A number made from a name, to be the key of its chances. */
export function keyOf(name: string): number {
  let h = 2_166_136_261
  for (let i = 0; i < name.length; i += 1) h = Math.imul(h ^ name.charCodeAt(i), 16_777_619)
  return h | 0
}

/** How many events happen when `expected` are expected (Poisson; normal approximation from 30 on). */
export function occurrences(expected: number, key: number, instant: number): number {
  if (expected <= 0) return 0
  const u = Math.max(1e-12, chance(key, instant))
  if (expected < 30) {
    let probability = Math.exp(-expected)
    let below = probability
    let count = 0
    while (u > below && count < 200) {
      count += 1
      probability *= expected / count
      below += probability
    }
    return count
  }
  const normal = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * chance(key ^ 0x5bd1e995, instant))
  return Math.max(0, Math.round(expected + Math.sqrt(expected) * normal))
}
