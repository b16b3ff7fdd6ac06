import type { MemberRef } from './composite'
import { type CompositeGraph, wayDown } from './composite-graph'
import { windowText } from './definition-diff'
import type { SloDefinitionRecord } from './definition-input'
import type { Indicator } from './indicator'
import type { SloWindow } from './window'

/** What an SLO has to be for a composite to be made of it. */
export type MemberFact = { name: string; lifecycle: 'draft' | 'active'; deleted: boolean; window: SloWindow }
/** A composite that is there. */
export type CompositeFact = { window: SloWindow; indicator: Extract<Indicator, { kind: 'composite' }> }

/** An SLO, as far as it is looked at here. */
export type Composed = Pick<SloDefinitionRecord, 'indicator' | 'service' | 'slug' | 'window'>

/** `at` is the place in the list of members, `member` its "service/slo". */
export type MemberFault = { at: number; member: string } & (
  | { why: 'itself' | 'unknown' | 'deleted' | 'draft' }
  /** the way from the member down to the composite, both included */
  | { why: 'circle'; way: string[] }
  | { why: 'window'; theirs: string; own: string }
)

export const memberKey = ({ service, slo }: Pick<MemberRef, 'service' | 'slo'>): string => `${service}/${slo}`
export const graphOf = (composites: ReadonlyMap<string, CompositeFact>): CompositeGraph =>
  new Map([...composites].map(([key, { indicator }]) => [key, indicator.members.map(memberKey)]))

/** What keeps the members of a composite from being one, one reason each. Nothing for other kinds. */
export function memberFaults(
  { indicator, service, slug, window }: Composed,
  known: (key: string) => MemberFact | undefined,
  others: CompositeGraph,
): MemberFault[] {
  if (indicator.kind !== 'composite') return []
  const own = memberKey({ service, slo: slug })
  return indicator.members.flatMap((ref, at): MemberFault[] => {
    const member = memberKey(ref)
    const found = known(member)
    if (member === own) return [{ at, member, why: 'itself' }]
    if (!found) return [{ at, member, why: 'unknown' }]
    if (found.deleted) return [{ at, member, why: 'deleted' }]
    if (found.lifecycle === 'draft') return [{ at, member, why: 'draft' }]
    const way = wayDown(others, member, own)
    if (way) return [{ at, member, why: 'circle', way }]
    const [theirs, ours] = [windowText(found.window), windowText(window)]
    return theirs === ours ? [] : [{ at, member, why: 'window', theirs, own: ours }]
  })
}

/** Composites by the SLOs that they are made of: asked for each SLO of a plan. */
export class MadeOf {
  private readonly by = new Map<string, [string, CompositeFact][]>()

  constructor(composites: ReadonlyMap<string, CompositeFact>) {
    for (const [key, composite] of composites)
      for (const member of new Set(composite.indicator.members.map(memberKey))) {
        const known = this.by.get(member)
        if (known) known.push([key, composite])
        else this.by.set(member, [[key, composite]])
      }
  }

  of(member: string): [string, CompositeFact][] {
    return this.by.get(member) ?? []
  }

  /** Those of them that the SLO would not fit with this window: they share one. */
  notSharing(member: string, window: SloWindow): [string, CompositeFact][] {
    return this.of(member).filter(([, composite]) => windowText(composite.window) !== windowText(window))
  }
}
