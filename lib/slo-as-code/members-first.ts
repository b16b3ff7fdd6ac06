import type { SloDefinitionRecord } from '../slo/definition-input'
import { keyOf } from './facts'

/** What composites are made of comes before them. */
export function membersFirst<One extends { definition: SloDefinitionRecord }>(all: One[]): One[] {
  const byKey = new Map(all.map((one) => [keyOf(one.definition), one]))
  const done = new Set<One>()
  const visit = (one: One | undefined): void => {
    if (!one || done.has(one)) return
    done.add(one)
    const { indicator } = one.definition
    if (indicator.kind === 'composite')
      for (const { service, slo } of indicator.members) visit(byKey.get(keyOf({ service, slug: slo })))
    sorted.push(one)
  }
  const sorted: One[] = []
  for (const one of all) visit(one)
  return sorted
}
