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

/**
 * What of a graph lies in circles: services that need each other, directly or not, and the arrows between them. Strongly
 * connected components (Kosaraju; Sharir, 1981): O(services + arrows).
 */
export function circlesOf(graph: DependencyGraph): DependencyGraph {
  const needing = reversed(graph)
  const circle = new Map<string, string>()
  for (const first of finished(graph).reverse()) {
    const open = circle.has(first) ? [] : [first]
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      if (circle.has(one)) continue
      circle.set(one, first)
      open.push(...(needing.get(one) ?? []))
    }
  }
  return new Map(
    [...graph].flatMap(([one, needs]): [string, string[]][] => {
      const within = needs.filter((needed) => circle.get(needed) === circle.get(one))
      return within.length > 0 ? [[one, within]] : []
    }),
  )
}

function reversed(graph: DependencyGraph): Map<string, string[]> {
  const turned = new Map<string, string[]>([...graph.keys()].map((service) => [service, []]))
  for (const [service, needs] of graph) for (const needed of needs) turned.get(needed)?.push(service)
  return turned
}

/** Depth first, each service after those it needs. Without recursion: a chain may be long. */
function finished(graph: DependencyGraph): string[] {
  const [order, seen] = [[] as string[], new Set<string>()]
  const open = [...graph.keys()].map((service) => ({ service, left: false }))
  for (let next = open.pop(); next; next = open.pop()) {
    const { service, left } = next
    if (left) order.push(service)
    if (left || seen.has(service)) continue
    seen.add(service)
    open.push({ service, left: true })
    for (const needed of graph.get(service) ?? []) if (graph.has(needed)) open.push({ service: needed, left: false })
  }
  return order
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
