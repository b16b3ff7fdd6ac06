import 'server-only'
import { db, type Transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import type { CompositeGraph } from './composite-graph'
import { type CompositeFact, graphOf, type MemberFact, type MemberFault, memberFaults, memberKey } from './composite-members'
import type { SloDefinitionRecord } from './definition-input'
import type { Finding } from './preview'
import { windowSchema } from './window'

type Reader = Pick<Transaction, 'slo'>

/** All composites that are not deleted. */
export async function compositesThere(on: Reader): Promise<Map<string, CompositeFact>> {
  const rows = await on.slo.findMany({
    where: { deletedAt: null, indicator: { path: ['kind'], equals: 'composite' } },
    select: { slug: true, window: true, indicator: true, service: { select: { slug: true } } },
    orderBy: { id: 'asc' },
  })
  return new Map(
    rows.map(({ slug, service, window, indicator }) => [
      memberKey({ service: service.slug, slo: slug }),
      { window: windowSchema.parse(window), indicator: indicator as CompositeFact['indicator'] },
    ]),
  )
}

export const compositeGraph = async (on: Reader): Promise<CompositeGraph> => graphOf(await compositesThere(on))

/** What composites have to know of SLOs, deleted ones as well, by "service/slo". */
export async function membersThere(on: Reader, where: Prisma.SloWhereInput): Promise<Map<string, MemberFact>> {
  const rows = await on.slo.findMany({
    where,
    select: { slug: true, name: true, lifecycle: true, deletedAt: true, window: true, service: { select: { slug: true } } },
  })
  return new Map(
    rows.map(({ slug, service, name, lifecycle, deletedAt, window }) => [
      memberKey({ service: service.slug, slo: slug }),
      { name, lifecycle, deleted: deletedAt !== null, window: windowSchema.parse(window) },
    ]),
  )
}

/** What keeps the members of a composite from being one, each at its field. Nothing for other kinds. */
export async function checkMembers(definition: SloDefinitionRecord, on: Reader = db()): Promise<Finding[]> {
  const { indicator } = definition
  if (indicator.kind !== 'composite') return []
  const known = await membersThere(on, {
    OR: indicator.members.map(({ service, slo }) => ({ slug: slo, service: { slug: service } })),
  })
  const faults = memberFaults(definition, (key) => known.get(key), await compositeGraph(on))
  return faults.map((fault) => ({
    path: `indicator.members.${fault.at}.slo`,
    severity: 'error',
    message: messageOf(fault, `“${known.get(fault.member)?.name}”`),
  }))
}

function messageOf(fault: MemberFault, name: string): string {
  switch (fault.why) {
    case 'itself':
      return 'A composite cannot be a member of itself. Choose another SLO.'
    case 'unknown':
      return `There is no SLO ${fault.member}. Choose one of the list.`
    case 'deleted':
      return `${name} was deleted. Bring it back, or choose another SLO.`
    case 'draft':
      return `${name} is a draft and not measured. Activate it first.`
    case 'circle':
      return `${name} is itself made of this composite (${fault.way.join(' → ')}). Choose another SLO.`
    case 'window':
      return `${name} has a window of ${fault.theirs}, this one ${fault.own}. Give both the same window.`
  }
}
