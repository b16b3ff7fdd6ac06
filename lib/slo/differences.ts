/** How a change of one field is said; nothing to say is an empty list. */
export type Sentences<T> = { [K in keyof T]?: (old: T[K], now: T[K]) => string[] }

/** Differences of two records as sentences, in the order of `sentences`. A field that the old one lacks is not a difference. */
export function differences<T extends object>(sentences: Sentences<T>, before: Partial<T>, after: T): string[] {
  return (Object.keys(sentences) as (keyof T)[]).flatMap((key) => {
    const old = before[key]
    return old === undefined || same(old, after[key]) ? [] : (sentences[key]?.(old as T[typeof key], after[key]) ?? [])
  })
}

export const arrow =
  <T>(what: string, text: (value: T) => string) =>
  (old: T, now: T): string[] => [`${what} ${text(old)} → ${text(now)}`]

/** Equal in what they hold; the order of keys does not matter, and an absent key is an undefined one. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
