import { factorText } from '../format'
import type { Condition } from './condition'

/** Conditions as whoever approves writes them: a tick, and texts in the middle of a sentence. */
export type ConditionLine = { kind: Condition['kind']; on: boolean; values: Record<string, string> }

/** What is proposed and nearly always wanted is ticked. */
const TICKED: Condition['kind'][] = ['canary', 'rollback']

/** What is proposed, then one who watches and one in one's own words. */
export const linesOf = (proposed: Condition[]): ConditionLine[] => [
  ...proposed.map((condition) => ({
    ...{ kind: condition.kind, on: TICKED.includes(condition.kind), values: valuesOf(condition) },
  })),
  { kind: 'watcher', on: false, values: { name: '' } },
  { kind: 'other', on: false, values: { text: '' } },
]

function valuesOf(condition: Condition): Record<string, string> {
  switch (condition.kind) {
    case 'canary':
      return { share: factorText(condition.share * 100), minutes: String(condition.minutes) }
    case 'rollback':
      return { burn: factorText(condition.burn) }
    case 'hours':
      return { from: condition.from, to: condition.to, timeZone: condition.timeZone }
    case 'spend':
      return { share: factorText(condition.share * 100) }
    case 'watcher':
      return { name: condition.name }
    case 'other':
      return { text: condition.text }
  }
}

const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text.replace(',', '.')))
const shareOf = (text: string): number | null => {
  const percent = numberOf(text)
  // 5.5 % is 0.055, without the noise of binary fractions.
  return percent === null ? null : Number((percent / 100).toPrecision(12))
}

/** Unparsed, for `conditionSchema`. */
export function conditionInput({ kind, values }: ConditionLine): Record<string, unknown> {
  switch (kind) {
    case 'canary':
      return { kind, share: shareOf(values.share ?? ''), minutes: numberOf(values.minutes ?? '') }
    case 'rollback':
      return { kind, burn: numberOf(values.burn ?? '') }
    case 'spend':
      return { kind, share: shareOf(values.share ?? '') }
    default:
      return { kind, ...values }
  }
}
