import { burnText, ceiled, countText, factorText, NONE, spentText } from '../format'
import { instantText } from '../format-time'
import type { Ratio, UnixSeconds } from '../time-series/units'
import type { AttributionInfo } from './schema'

/** A small share with three digits that say something: 0.0123 %. */
export const ratioText = (ratio: Ratio): string =>
  `${ratio > 0 && ratio < 0.001 ? ceiled(ratio * 100, 4) : ceiled(ratio * 100, 2)} %`

const oneIn = (chance: Ratio): string => (chance < 1e-9 ? 'a thousand million' : countText(1 / chance))

/** What was seen, in sentences with its numbers. Chance is an upper bound, so "at most". */
export function proposalText({ evidence, baseline }: AttributionInfo, now: UnixSeconds): string[] {
  const { before, part, excess, budgetShare, chance, burn, dispersion } = evidence
  const times = (rate: number | null) => (rate === null ? NONE : `${burnText(rate)}×`)
  const bursts =
    dispersion > 1.05
      ? ` Failures came in bursts before already (${factorText(dispersion)} times as unevenly as by chance), which is allowed for.`
      : ''
  return [
    `Before it ${ratioText(baseline)} failed (${countText(before.bad)} of ${countText(before.total)}); from ${instantText(part.from, now)} to ${instantText(part.to, now)} it was ${ratioText(part.bad / Math.max(1, part.total))} (${countText(part.bad)} of ${countText(part.total)}).`,
    `That is ${countText(excess)} more than before would have brought, ${spentText(budgetShare)} % of the budget. The burn rate went from ${times(burn.before)} to ${times(burn.after)}.`,
    `Chance alone brings this at most once in ${oneIn(chance)} releases.${bursts}`,
  ]
}
