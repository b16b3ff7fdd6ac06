import { MINUS } from '../format'
import type { Rule, RuleInput } from './decision'

/** Numbers of a decision as they were compared: nothing is rounded away that could have tipped it. */
export function exactText(value: number | string | null): string {
  if (value === null) return 'none'
  if (typeof value === 'string') return value
  const text = String(value)
  return text.startsWith('-') ? MINUS + text.slice(1) : text
}

/** pace 1.699912 > 1.5 · risk = medium · left 0.185883 */
export function inputText({ name, value, than }: RuleInput): string {
  const told = exactText(value)
  if (!than) return typeof value === 'string' ? `${name} = ${told}` : `${name} ${told}`
  return than[0] === '=' && than[1] === value ? `${name} = ${told}` : `${name} ${told} ${than[0]} ${exactText(than[1])}`
}

/** What a rule came to, in the word at the end of its line. */
export const outcomeText = ({ effect, decision }: Pick<Rule, 'effect' | 'decision'>): string =>
  effect === 'passes' || decision === null ? 'pass' : effect === 'lifts' ? `lifts to ${decision}` : decision

/** 7 rules: 5 pass, 1 asks for defer, 1 lifts to review. */
export function rulesText(rules: Rule[]): string {
  const passing = rules.filter(({ effect }) => effect === 'passes').length
  const others = rules
    .filter(({ effect }) => effect !== 'passes')
    .map((rule) => (rule.effect === 'lifts' ? `1 ${outcomeText(rule)}` : `1 asks for ${rule.decision}`))
  return [`${rules.length} rules: ${passing} pass`, ...others].join(', ')
}
