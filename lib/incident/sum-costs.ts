import type { CostFigures } from './cost'
import type { ImpactView, SloCost } from './incident'

/** Stretches of each SLO added up, the hardest hit first. What was said at the end is shown where one of them changed. */
export function sumCosts(impacts: ImpactView[]): SloCost[] {
  const bySlo = new Map<number, ImpactView[]>()
  for (const impact of impacts) bySlo.set(impact.sloId, [...(bySlo.get(impact.sloId) ?? []), impact])
  const costs = [...bySlo.values()].map((mine): SloCost => {
    const { sloId, name, service, unit } = mine[0] as ImpactView
    const changed = mine.some(({ resolved }) => resolved !== null)
    return {
      ...{ sloId, name, service, unit },
      figures: mine.reduce<CostFigures | null>((sum, { figures }) => added(sum, figures), null),
      final: mine.every(({ final }) => final),
      resolved: changed
        ? {
            share: mine.reduce((sum, { resolved, figures }) => sum + (resolved?.share ?? figures?.share ?? 0), 0),
            because: [...new Set(mine.flatMap(({ resolved }) => resolved?.because ?? []))].sort((a, b) => a - b),
          }
        : null,
    }
  })
  return costs.sort((a, b) => (b.figures?.share ?? -1) - (a.figures?.share ?? -1) || a.sloId - b.sloId)
}

const added = (a: CostFigures | null, b: CostFigures | null): CostFigures | null =>
  a && b ? { at: Math.max(a.at, b.at), bad: a.bad + b.bad, share: a.share + b.share, minutes: a.minutes + b.minutes } : (a ?? b)
