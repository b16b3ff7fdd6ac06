/** Labels of the service and the SLO as "key=value", the SLO's winning, sorted. */
export function labelTexts(...sources: unknown[]): string[] {
  const merged = new Map<string, string>()
  for (const source of sources)
    if (source !== null && typeof source === 'object')
      for (const [key, value] of Object.entries(source)) if (typeof value === 'string') merged.set(key, value)
  return [...merged].map(([key, value]) => `${key}=${value}`).sort()
}
