import 'server-only'
import { db, type Transaction } from '../db/client'
import type { CompositeGraph } from './composite-graph'
import { wayDown } from './composite-graph'
import { windowText } from './definition-diff'
import type { SloDefinitionRecord } from './definition-input'
import type { Indicator } from './indicator'
import type { Finding } from './preview'
import { type SloWindow, windowSchema } from './window'

type Reader = Pick<Transaction, 'slo'>
const keyOf = ({ service, slo }: { service: string; slo: string }): string => `${service}/${slo}`

/** All composites that are not deleted, with the short names of their members. */
export async function compositeGraph(on: Reader): Promise<CompositeGraph> {
  const rows = await on.slo.findMany({
    where: { deletedAt: null, indicator: { path: ['kind'], equals: 'composite' } },
    select: { slug: true, indicator: true, service: { select: { slug: true } } },
  })
  return new Map(
    rows.map(({ slug, service, indicator }) => [
      keyOf({ service: service.slug, slo: slug }),
      (indicator as Extract<Indicator, { kind: 'composite' }>).members.map(keyOf),
    ]),
  )
}

const same = (a: SloWindow, b: SloWindow): boolean => windowText(a) === windowText(b)

/** What keeps the members of a composite from being one, each at its field. Nothing for other kinds. */
export async function checkMembers(
  { indicator, service, slug, window }: SloDefinitionRecord,
  on: Reader = db(),
): Promise<Finding[]> {
  if (indicator.kind !== 'composite') return []
  const rows = await on.slo.findMany({
    where: { OR: indicator.members.map((member) => ({ slug: member.slo, service: { slug: member.service } })) },
    select: { slug: true, name: true, lifecycle: true, deletedAt: true, window: true, service: { select: { slug: true } } },
  })
  const known = new Map(rows.map((row) => [keyOf({ service: row.service.slug, slo: row.slug }), row]))
  const graph = await compositeGraph(on)
  const own = keyOf({ service, slo: slug })
  graph.set(own, indicator.members.map(keyOf))
  return indicator.members.flatMap((member, i): Finding[] => {
    const key = keyOf(member)
    const refuse = (message: string): Finding[] => [{ path: `indicator.members.${i}.slo`, severity: 'error', message }]
    const row = known.get(key)
    if (key === own) return refuse('A composite cannot be a member of itself. Choose another SLO.')
    if (!row) return refuse(`There is no SLO ${key}. Choose one of the list.`)
    if (row.deletedAt) return refuse(`“${row.name}” was deleted. Bring it back, or choose another SLO.`)
    if (row.lifecycle === 'draft') return refuse(`“${row.name}” is a draft and not measured. Activate it first.`)
    const circle = wayDown(graph, key, own)
    if (circle) return refuse(`“${row.name}” is itself made of this composite (${circle.join(' → ')}). Choose another SLO.`)
    const theirs = windowSchema.parse(row.window)
    if (same(theirs, window)) return []
    return refuse(
      `“${row.name}” has a window of ${windowText(theirs)}, this one ${windowText(window)}. Give both the same window.`,
    )
  })
}
