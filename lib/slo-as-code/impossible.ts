import { circlesOf, cycleText, cycleThrough, type DependencyGraph } from '../service/dependency-graph'
import { type Composed, memberFaults, memberKey } from '../slo/composite-members'
import { compositeWords } from './composite-words'
import type { Declared, DeclaredSlo } from './declared'
import { keyOf } from './facts'
import { type Fault, inOrder } from './fault'
import { mergedServices } from './merged-services'
import { placeOfField } from './places'

/**
 * What can never work, whatever the portal has: each thing is right by itself, and together they are not. What the files do
 * not hold is not judged.
 */
export const impossible = (declared: Declared): Fault[] => inOrder([...composites(declared), ...services(declared)])

type Measured = { slo: DeclaredSlo; definition: Composed }

function composites({ slos }: Declared): Fault[] {
  const known = new Map<string, Measured>()
  for (const slo of slos) {
    const { indicator, service, slug, window } = slo
    // Of two with one name it was said that they have it.
    if (indicator && !known.has(keyOf(slo))) known.set(keyOf(slo), { slo, definition: { indicator, service, slug, window } })
  }
  const words = compositeWords({ declared: new Set(known.keys()), gone: new Set(), known: [] })
  const factOf = (key: string) => {
    const slo = known.get(key)?.slo
    return slo && { name: slo.name, window: slo.window, lifecycle: 'active' as const, deleted: false }
  }
  const circles = circlesIn(new Map([...known].map(([key, { definition }]) => [key, membersOf(key, definition)])))
  return [...known].flatMap(([key, { slo, definition }]) => {
    const [, member, ...way] = circles.get(key) ?? []
    const circle = member === undefined ? [] : [{ at: 0, member, why: 'circle' as const, way: [member, ...way] }]
    const others = memberFaults(definition, factOf, new Map()).filter((one) => one.why !== 'unknown' && one.member !== member)
    return [...circle, ...others].map((fault) => words.ofComposite({ slo, definition }, fault, 'error'))
  })
}

/** Without itself: that is said in other words. */
const membersOf = (key: string, { indicator }: Composed): string[] =>
  indicator.kind === 'composite' ? indicator.members.map(memberKey).filter((member) => member !== key) : []

function services({ services: declared }: Declared): Fault[] {
  const merged = mergedServices(declared)
  const circles = circlesIn(new Map(merged.map(({ slug, said }) => [slug, said.dependencies ?? []])))
  return merged.flatMap((service): Fault[] => {
    const cycle = circles.get(service.slug)
    if (!cycle) return []
    const itself = cycle.length === 2
    return [
      {
        ...{
          ...placeOfField(service, 'dependencies'),
          severity: 'error',
          stage: 'references',
          object: `Service ${service.slug}`,
        },
        reason: itself ? 'It depends on itself.' : `These depend on each other: ${cycleText(cycle)}.`,
        suggestion: itself ? `Take ${service.slug} out of its dependencies.` : 'Take one arrow out.',
      },
    ]
  })
}

/** Nobody reads more, and looking for each takes as long as the files are large. */
const MOST_CIRCLES = 100

/** By the first of each: whoever stands in a circle that is known is not asked for another one. */
function circlesIn(graph: DependencyGraph): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const said = new Set<string>()
  const within = circlesOf(graph)
  for (const one of within.keys()) {
    const cycle = said.has(one) || found.size >= MOST_CIRCLES ? null : cycleThrough(within, one)
    if (!cycle) continue
    found.set(one, cycle)
    for (const each of cycle) said.add(each)
  }
  return found
}
