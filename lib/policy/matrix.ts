import { isWorse, RISKS, type Risk } from '../release/vocabulary'
import type { JudgedState } from '../slo/state'
import type { BudgetPolicy } from './budget-policy'

/** From the best to the worst: a document is read downwards. */
export const STATES_IN_ORDER: JudgedState[] = ['healthy', 'attention', 'warning', 'critical', 'exhausted']

export type Cell = { state: JudgedState; risk: Risk }

export const CELLS: Cell[] = STATES_IN_ORDER.flatMap((state) => RISKS.map((risk) => ({ state, risk })))

/** Cells that are easier than the state before, or than the risk below: allowed, and hardly meant. */
export function oddCells(matrix: BudgetPolicy['matrix']): (Cell & { than: string })[] {
  return CELLS.flatMap(({ state, risk }) => {
    const cell = matrix[state][risk]
    const better = STATES_IN_ORDER[STATES_IN_ORDER.indexOf(state) - 1]
    const lower = RISKS[RISKS.indexOf(risk) - 1]
    if (better && isWorse(matrix[better][risk], cell)) return [{ state, risk, than: better }]
    return lower && isWorse(matrix[state][lower], cell) ? [{ state, risk, than: `${lower} risk` }] : []
  })
}
