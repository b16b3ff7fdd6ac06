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

/** 7 rules: 4 pass, 2 ask for defer, 1 lifts to review. */
export function rulesText(rules: Rule[]): string {
  const counts = new Map<string, number>()
  for (const rule of rules) counts.set(outcomeText(rule), (counts.get(outcomeText(rule)) ?? 0) + 1)
  const words = [...counts].map(([outcome, count]) => {
    if (outcome === 'pass') return `${count} ${count === 1 ? 'passes' : 'pass'}`
    if (outcome.startsWith('lifts')) return `${count} ${outcome}`
    return `${count} ${count === 1 ? 'asks' : 'ask'} for ${outcome}`
  })
  return `${rules.length} rules: ${words.join(', ')}`
}
