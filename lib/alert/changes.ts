import { factorText } from '../format'
import { lengthText } from '../format-time'
import { arrow, differences, type Sentences, same } from '../slo/differences'
import type { AlertPolicy } from './alert-policy'
import type { PolicyInput } from './schema'
import { guardText, pairName, thresholdText } from './words'

type Pair = AlertPolicy['pairs'][number]
const whole = (pair: Pair): string => `${pair.severity} at ${thresholdText(pair.at)} over ${pairName(pair)}`

const PAIR: Sentences<Pair> = {
  severity: arrow('severity', String),
  at: arrow('threshold', thresholdText),
  short: arrow('short window', (value) => (value === undefined ? 'what fits' : lengthText(value))),
}

function pairChanges(old: Pair[], now: Pair[]): string[] {
  const before = new Map(old.map((pair) => [pair.long, pair]))
  const changed = now.flatMap((pair) => {
    const was = before.get(pair.long)
    if (!was) return [`New pair: ${whole(pair)}`]
    const guarded = guardText(was) === guardText(pair) ? [] : [`guards ${guardText(was)} → ${guardText(pair)}`]
    return [...differences(PAIR, was, pair), ...guarded].map((words) => `${lengthText(pair.long)} pair: ${words}`)
  })
  const gone = old.filter(({ long }) => !now.some((pair) => pair.long === long))
  return [...changed, ...gone.map((pair) => `Pair left out: ${whole(pair)}`)]
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no')
const SETTINGS: Sentences<AlertPolicy> = {
  pairs: pairChanges,
  keepFiring: arrow('Ends after its condition was gone for', (value) => (value === 0 ? '0 s' : lengthText(value))),
  clearBelow: arrow('Clears below', (value) => `${factorText(value)} of the threshold`),
  suppressByDependency: arrow('Mute while a needed service pages', yesNo),
  silenceInMaintenance: arrow('Mute during maintenance', yesNo),
}

/** Differences of two policies as sentences, most important first. Empty when nothing changed. */
export function policyChanges(before: PolicyInput, after: PolicyInput): string[] {
  const named = before.name === after.name ? [] : [`Name “${before.name}” → “${after.name}”`]
  const described = same(before.description, after.description) ? [] : ['Description rewritten']
  return [...differences(SETTINGS, before.settings, after.settings), ...named, ...described]
}
