/** Who needs whom: an arrow leads from a service to each service it depends on. Names are slugs. */
export type DependencyGraph = ReadonlyMap<string, readonly string[]>

/**
 * The shortest way from a service back to itself along the arrows, both ends included; `null` when there is none.
 * Breadth first: O(services + arrows).
 */
export function cycleThrough(graph: DependencyGraph, start: string): string[] | null {
  const cameFrom = new Map<string, string>()
  let front = [start]
  while (front.length > 0) {
    const next: string[] = []
    for (const service of front)
      for (const needed of graph.get(service) ?? []) {
        if (needed === start) return wayTo(service, cameFrom, start).concat(start)
        if (cameFrom.has(needed)) continue
        cameFrom.set(needed, service)
        next.push(needed)
      }
    front = next
  }
  return null
}

function wayTo(end: string, cameFrom: ReadonlyMap<string, string>, start: string): string[] {
  const way = [end]
  for (let at = end; at !== start; ) {
    at = cameFrom.get(at) ?? start
    way.unshift(at)
  }
  return way
}

/** "checkout-api → payment-gateway → checkout-api" */
export const cycleText = (cycle: readonly string[]): string => cycle.join(' → ')
