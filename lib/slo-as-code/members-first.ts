import type { SloDefinitionRecord } from '../slo/definition-input'
import { keyOf } from './facts'
import { neededFirst } from './needed-first'

/** What composites are made of comes before them. */
export const membersFirst = <One extends { definition: SloDefinitionRecord }>(all: One[]): One[] =>
  neededFirst(
    all,
    ({ definition }) => keyOf(definition),
    ({ definition: { indicator } }) =>
      indicator.kind === 'composite' ? indicator.members.map(({ service, slo }) => keyOf({ service, slug: slo })) : [],
  )
