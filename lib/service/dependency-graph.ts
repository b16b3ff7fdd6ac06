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

/** Every service that a service needs, directly or not; itself only where it is in a circle. Asked again, it answers at once. */
export function reachIn<Service>(needs: (service: Service) => readonly Service[]): (service: Service) => Set<Service> {
  const known = new Map<Service, Set<Service>>()
  return (service) => {
    const found = known.get(service)
    if (found) return found
    const reached = new Set<Service>()
    const open = [...needs(service)]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (reached.has(next)) continue
      reached.add(next)
      open.push(...needs(next))
    }
    known.set(service, reached)
    return reached
  }
}
