/** Labels of the service and the SLO as "key=value", the SLO's winning, sorted. */
export function labelTexts(...sources: unknown[]): string[] {
  const merged = new Map<string, string>()
  for (const source of sources)
    if (source !== null && typeof source === 'object')
      for (const [key, value] of Object.entries(source)) if (typeof value === 'string') merged.set(key, value)
  return [...merged].map(([key, value]) => `${key}=${value}`).sort()
}

/** What a person writes with commas or on lines of its own. */
export const listOf = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter(Boolean)

/** "key=value, key=value" as a record; whatever has no "=" gets an empty value, so that the schema can refuse it. */
export const labelsFromText = (text: string): Record<string, string> => Object.fromEntries(listOf(text).map(splitOnce))

export const labelsToText = (labels: Record<string, string>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return at < 0 ? [pair, ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
}
