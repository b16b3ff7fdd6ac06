/** What others need comes before them; those in a circle as they come. */
export function neededFirst<One>(all: One[], keyOf: (one: One) => string, needsOf: (one: One) => string[]): One[] {
  const byKey = new Map(all.map((one) => [keyOf(one), one]))
  const done = new Set<One>()
  const sorted: One[] = []
  const visit = (one: One | undefined): void => {
    if (!one || done.has(one)) return
    done.add(one)
    for (const key of needsOf(one)) visit(byKey.get(key))
    sorted.push(one)
  }
  for (const one of all) visit(one)
  return sorted
}
