import { mergedSpans, type Stretch } from '../correction/spans'

/**
 * What to leave out so that an incident spent nothing, and no minute beside it: what overlaps or touches is one stretch, and SLOs
 * that were hit from and to the same instants are taken together. Oldest first; stretches without length are left out.
 */
export function stretchesToExclude(impacts: (Stretch & { sloId: number })[]): (Stretch & { slos: number[] })[] {
  const found = new Map<string, Stretch & { slos: number[] }>()
  for (const sloId of [...new Set(impacts.map((impact) => impact.sloId))].sort((a, b) => a - b)) {
    const mine = impacts.filter((impact) => impact.sloId === sloId)
    for (const { from, to } of mergedSpans(mine, 0, () => true)) {
      const { slos } = found.get(`${from} ${to}`) ?? { slos: [] }
      found.set(`${from} ${to}`, { from, to, slos: [...slos, sloId] })
    }
  }
  return [...found.values()].sort((a, b) => a.from - b.from || a.to - b.to)
}
