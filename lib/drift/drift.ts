import type { Seconds, UnixSeconds } from '../time-series/units'

/**
 * How the rules that a source has loaded for an SLO (or for a service) stand to those that the portal writes now, worst first.
 * not-loaded: nobody is alerted; unhealthy: rules fail; late: they are no longer evaluated.
 */
export const DRIFT_STATES = ['not-loaded', 'unhealthy', 'late', 'different', 'slow', 'in-step'] as const
export type DriftState = (typeof DRIFT_STATES)[number]

export const DRIFT_WORDS: Record<DriftState, string> = {
  'not-loaded': 'Not loaded',
  unhealthy: 'Failing',
  late: 'Late',
  different: 'Different',
  slow: 'Slow',
  'in-step': 'In step',
}

/** `rule`: as people call it, for example SLOBudgetBurn (page, 1h). */
export type DriftProblem =
  | { kind: 'not-loaded' }
  | { kind: 'missing'; rule: string }
  | { kind: 'extra'; rule: string }
  | { kind: 'changed'; rule: string; what: RulePart; ours: string; theirs: string }
  | { kind: 'order' }
  | { kind: 'interval'; ours: Seconds; theirs: Seconds }
  | { kind: 'twice'; files: string[] }
  /** the rules are those of an earlier definition */
  | { kind: 'outdated'; version: number }
  /** of the group of a service, which is written from all of its SLOs */
  | { kind: 'other-slos' }
  /** nothing that is measured or decided: names, and what alerts tell people */
  | { kind: 'other-words' }
  /** another version of Headroom wrote them */
  | { kind: 'other-writer'; names: string[] }
  | { kind: 'failing'; rule: string; error: string; more: number }
  | { kind: 'slow'; took: Seconds; interval: Seconds }
  | { kind: 'late'; since: UnixSeconds; interval: Seconds }

export const RULE_PARTS = ['expression', 'labels', 'for', 'keep-firing', 'annotations'] as const
export type RulePart = (typeof RULE_PARTS)[number]

const STATE_OF: Record<DriftProblem['kind'], DriftState> = {
  'not-loaded': 'not-loaded',
  missing: 'different',
  extra: 'different',
  changed: 'different',
  order: 'different',
  interval: 'different',
  twice: 'different',
  outdated: 'different',
  'other-slos': 'different',
  'other-words': 'different',
  'other-writer': 'different',
  failing: 'unhealthy',
  slow: 'slow',
  late: 'late',
}

export const driftRank = (state: DriftState): number => DRIFT_STATES.indexOf(state)

/** The worst of it. */
export const stateOf = (problems: DriftProblem[]): DriftState =>
  problems
    .map(({ kind }) => STATE_OF[kind])
    .reduce<DriftState>((worst, state) => (driftRank(state) < driftRank(worst) ? state : worst), 'in-step')

export const worstFirst = (problems: DriftProblem[]): DriftProblem[] =>
  [...problems].sort((a, b) => driftRank(STATE_OF[a.kind]) - driftRank(STATE_OF[b.kind]))
