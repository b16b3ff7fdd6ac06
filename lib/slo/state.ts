/** The judgement of a budget, worst first, then the two that mean "we do not know". */
export const SLO_STATES = ['exhausted', 'critical', 'warning', 'attention', 'healthy', 'no-data', 'not-enough-data'] as const

export type SloState = (typeof SLO_STATES)[number]
export type JudgedState = Exclude<SloState, 'no-data' | 'not-enough-data'>

const SEVERITY: Record<JudgedState, number> = { healthy: 0, attention: 1, warning: 2, critical: 3, exhausted: 4 }

export const worseOf = (a: JudgedState, b: JudgedState): JudgedState => (SEVERITY[a] >= SEVERITY[b] ? a : b)

export const isWorseState = (a: JudgedState, than: JudgedState): boolean => SEVERITY[a] > SEVERITY[than]

/** Order of the overview: exhausted first, healthy last. */
export const stateRank = (state: SloState): number => SLO_STATES.indexOf(state)
