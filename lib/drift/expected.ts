import type { RuleGroup } from '../prometheus-rules/rule'
import { rulesOf } from '../prometheus-rules/rules'
import type { SloDefinitionRecord } from '../slo/definition-input'
import type { Dialect } from '../slo/promql'
import type { Portable, PortableSlo } from '../slo-as-code/portable'

const PREFIX = 'headroom/'
const keyOf = ({ definition: { service, slug } }: PortableSlo): string => `${service}/${slug}`

/**
 * The groups that ought to be loaded in a source, service by service, so that whoever walks through them may pause. `source`: its
 * name; `null`: of every SLO.
 */
export function* expectedGroups({ services, slos }: Portable, source: string | null, dialect?: Dialect): Generator<RuleGroup> {
  const here = slos.filter(({ definition }) => source === null || definition.dataSource === source)
  const byKey = new Map(slos.map((slo) => [keyOf(slo), slo]))
  const byService = new Map<string, PortableSlo[]>()
  for (const slo of here) {
    const { service } = slo.definition
    byService.set(service, [...(byService.get(service) ?? []), slo])
  }
  for (const [slug, own] of byService) {
    const wanted = new Set([slug, ...own.map(keyOf)])
    const about = services.filter((service) => service.slug === slug)
    for (const group of rulesOf({ services: about, slos: [...own, ...membersOf(own, byKey)] }, dialect))
      if (wanted.has(group.name.slice(PREFIX.length))) yield group
  }
}

/** The group of one SLO, had it this definition; `undefined` where there is no such SLO. */
export function groupOf({ services, slos }: Portable, key: string, definition: SloDefinitionRecord, dialect?: Dialect) {
  const byKey = new Map(slos.map((slo) => [keyOf(slo), slo]))
  const present = byKey.get(key)
  if (!present) return undefined
  const own = { ...present, definition }
  const about = services.filter(({ slug }) => slug === definition.service)
  return rulesOf({ services: about, slos: [own, ...membersOf([own], byKey)] }, dialect).find(({ name }) => name === PREFIX + key)
}

/** What composites have to know of: their members, where they are not among these. */
function membersOf(own: PortableSlo[], byKey: Map<string, PortableSlo>): PortableSlo[] {
  const mine = new Set(own.map(keyOf))
  const members = own.flatMap(({ definition: { indicator } }) => (indicator.kind === 'composite' ? indicator.members : []))
  const keys = new Set(members.map(({ service, slo }) => `${service}/${slo}`))
  return [...keys].flatMap((key) => (mine.has(key) ? [] : (byKey.get(key) ?? [])))
}
