/** Which composites are over which SLOs, by "service/slo". */
export type CompositeGraph = Map<string, string[]>

/** The way from a composite down to an SLO, both included; `null` when there is none. */
export function wayDown(graph: CompositeGraph, from: string, to: string, seen = new Set<string>()): string[] | null {
  if (from === to) return [from]
  if (seen.has(from)) return null
  seen.add(from)
  for (const member of graph.get(from) ?? []) {
    const way = wayDown(graph, member, to, seen)
    if (way) return [from, ...way]
  }
  return null
}

/** Every composite over this SLO, directly or through others. */
export const compositesOver = (graph: CompositeGraph, key: string): string[] =>
  [...graph.keys()].filter((composite) => composite !== key && wayDown(graph, composite, key) !== null)
