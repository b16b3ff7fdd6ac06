import { ceiled, floored } from '../format'
import { shownShares } from '../ledger/shown'
import type { Ratio } from '../time-series/units'
import { type Planning, SPENT_KINDS, type SpentKind } from './planning'
import { quarterText } from './quarter'

const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** The answer first: how the quarter went, and what that asks for. */
export function answerText({ quarter, running, judged, met, releases, incidents, waivers, next, proposal }: Planning): string {
  const so = running ? ' so far' : ''
  const kept =
    judged === 0
      ? `Nothing can be judged in ${quarterText(quarter)}${so}.`
      : `${met} of ${many(judged, 'objective')} met in ${quarterText(quarter)}${so}, with ${many(releases, 'release')}, ${many(incidents, 'incident')} and ${many(waivers.length, 'waiver')}.`
  return `${kept} Proposed for ${quarterText(next)}: ${splitText(proposal.reliability)}.`
}

const whole = (share: Ratio): string => String(Number((share * 100).toFixed(2)))
export const splitText = (reliability: Ratio): string =>
  `${whole(reliability)} % reliability, ${whole(1 - reliability)} % features`

/** What one cause took from a budget, in whole percent: tenths would have to add up with those of others. */
export const percentText = (share: Ratio): string => ceiled(share * 100, 0)
export const pointsText = (points: number): string => `+${ceiled(points, 1)} points`

/** Tenths of a percent per kind, distributed so that the shown figures of a row add up to its shown total. */
export function shownSpent(spent: Record<SpentKind, number>, consumed: number): Record<SpentKind, string> {
  const total = Math.ceil(consumed * 1000 - 1e-9)
  const kinds = SPENT_KINDS.filter((kind) => spent[kind] !== 0)
  const tenths = shownShares(
    kinds.map((kind) => spent[kind]),
    total,
  )
  const shown = new Map(kinds.map((kind, i) => [kind, floored((tenths[i] ?? 0) / 10, 1)]))
  return Object.fromEntries(SPENT_KINDS.map((kind) => [kind, shown.get(kind) ?? ''])) as Record<SpentKind, string>
}
