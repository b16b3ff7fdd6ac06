import type { Period } from '../slo/window'
import type { Ratio, UnixSeconds } from '../time-series/units'

/** Who or what spent budget. */
export type Cause =
  | { kind: 'incident'; id: number; title: string; severity: string }
  | { kind: 'release'; id: number; version: string; service: string; slug: string }
  /** an incident of a service that this one needs */
  | { kind: 'dependency'; id: number; title: string; service: string }

/** A stretch that somebody answers for. */
export type CauseStretch = Period & {
  cause: Cause
  /** of a release: bad ÷ total before it; only what lies above is its doing */
  baseline?: Ratio
}

export const causeKey = ({ kind, id }: Cause): string => `${kind}:${id}`

const RANKS = { incident: 0, release: 1, dependency: 2 } as const
const rank = ({ cause }: CauseStretch): [number, string] => [RANKS[cause.kind], cause.kind === 'incident' ? cause.severity : '']

/**
 * The stretch that answers for a moment: a minute is spent once, by one cause. Own incidents come before releases, and those
 * before what others broke; among incidents the more severe, then the earlier one.
 */
export function ownerOf(stretches: CauseStretch[], { from, to }: Period): CauseStretch | null {
  const covering = stretches.filter((stretch) => stretch.from <= from && stretch.to >= to)
  return covering.reduce<CauseStretch | null>((best, stretch) => (best && !comesFirst(stretch, best) ? best : stretch), null)
}

function comesFirst(a: CauseStretch, b: CauseStretch): boolean {
  const [kindA, severityA] = rank(a)
  const [kindB, severityB] = rank(b)
  if (kindA !== kindB) return kindA < kindB
  if (severityA !== severityB) return severityA < severityB
  return a.from !== b.from ? a.from < b.from : a.cause.id < b.cause.id
}

/** Every instant at which the owner may change, within a period and with its ends; ascending. */
export function cutsOf(period: Period, edges: UnixSeconds[]): UnixSeconds[] {
  const inside = edges.filter((ts) => ts > period.from && ts < period.to)
  return [...new Set([period.from, ...inside, period.to])].sort((a, b) => a - b)
}
