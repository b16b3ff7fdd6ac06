import type { Cursor } from '../cursor'
import type { Item } from '../tree'
import { ownOf } from './annotations'
import { refuseQueries } from './indicators'
import { indicatorOf } from './measure'
import { isAsWritten } from './own'
import type { Objects } from './references'

/**
 * SLOs that nothing is declared of, because something else is wrong with them: their queries are looked at all the same, so
 * that whoever mends the one does not meet the other only then. An indicator that many of them name is read once.
 */
export function queriesOfUndeclared(object: Cursor, objects: Objects, read: Set<Item>): void {
  const spec = object.get('spec')
  const { indicator } = ownOf('SLO', object.get('metadata'))
  // Those of members are theirs, and what is no PromQL there may be so with their knowledge.
  if (indicator?.kind === 'composite') return
  const objectives = spec.get('objectives').each()
  const seen = new Set<Item>()
  for (const holder of [spec, ...objectives]) {
    const sli = indicatorOf(holder, objects)?.get('spec')
    if (!sli?.item || read.has(sli.item) || seen.has(sli.item)) continue
    seen.add(sli.item)
    const [first = spec] = holder === spec ? objectives : [holder]
    // What is measured is what the annotation says, and the query is only how it is written.
    if (indicator && isAsWritten(indicator, sli, first)) continue
    read.add(sli.item)
    refuseQueries(sli, objects)
  }
}
