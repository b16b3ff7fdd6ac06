import { type AlertPolicy, alertPolicySchema } from '../alert/alert-policy'
import { FAILURES } from '../alert/presets'
import { lengthText } from '../format-time'
import type { AlertSeverity } from '../slo/alert-pair'
import { LOOKBACKS } from '../slo/lookback'
import { DAY, type Seconds } from '../time-series/units'
import type { Cursor } from './cursor'
import type { Alerting } from './declared'

/** Burn-rate conditions of other formats as a policy of pairs. */

export type WrittenPair = {
  /** where it stands, for warnings */
  at: Cursor
  long: Seconds
  short?: Seconds
  severity: AlertSeverity
  threshold: { share: number } | { burn: number }
  hold?: Seconds
  /** where that stands */
  holdAt?: Cursor
  guards?: { minFailures: number; minEvents: number }
}

/** What holds for all pairs of a policy. */
type Rest = Partial<Omit<AlertPolicy, 'pairs'>>

const MEASURED: Seconds[] = Object.values(LOOKBACKS)
const LONGS = MEASURED.filter((length) => length > LOOKBACKS.m5)

/** The closest by ratio: 4 d are closer to 3 d than to nothing. */
const closest = (length: Seconds, to: Seconds[]): Seconds =>
  to.reduce((best, one) => (Math.abs(Math.log(one / length)) < Math.abs(Math.log(best / length)) ? one : best))

/** What a long window becomes. */
export const measuredLong = (length: Seconds): Seconds => closest(length, LONGS)

/** Where none of them can be kept there are no alerts: those of the portal were not asked for. */
export function alertingOf(pairs: WrittenPair[], rest: Rest = {}): Alerting {
  const kept = new Map<Seconds, unknown>()
  for (const pair of pairs) {
    const [long, short] = oriented(pair)
    const one = measured(pair.at, long, LONGS)
    if (kept.has(one)) {
      pair.at.warn('validate', `This condition is left out: there is one over ${lengthText(one)} already.`)
      continue
    }
    const shorter = MEASURED.filter((length) => length < one)
    const severity = pair.severity
    const hold = Math.min(DAY, Math.round(pair.hold ?? 0))
    if ((pair.hold ?? 0) > DAY)
      (pair.holdAt ?? pair.at).warn(
        'validate',
        `An alert waits for a day at most: ${lengthText(pair.hold as Seconds)} become ${lengthText(DAY)}.`,
      )
    const other = short === undefined ? {} : { short: measured(pair.at, short, shorter) }
    // No format but the portal's own has a guard, and without one a single error at night pages.
    kept.set(one, { long: one, ...other, severity, at: pair.threshold, for: hold, ...(pair.guards ?? { minFailures: FAILURES }) })
  }
  const parsed = alertPolicySchema.safeParse({ pairs: [...kept.values()], ...rest })
  if (parsed.success) return { kind: 'policy', settings: parsed.data }
  const [first] = pairs
  if (first) first.at.warn('validate', `The alerts are left out: ${parsed.error.issues[0]?.message ?? 'they cannot be read.'}`)
  return { kind: 'none' }
}

/** The larger window is the long one, whatever it is called (semantics §6). */
function oriented({ at, long, short }: WrittenPair): [Seconds, Seconds | undefined] {
  if (short === undefined || short < long) return [long, short]
  if (short === long) {
    at.warn('validate', 'Both windows are the same: the short one is chosen by the portal.')
    return [long, undefined]
  }
  at.warn(
    'validate',
    `${lengthText(short)} and ${lengthText(long)} are the wrong way round: the longer one is taken as the long window.`,
  )
  return [short, long]
}

function measured(at: Cursor, length: Seconds, choice: Seconds[]): Seconds {
  const found = closest(length, choice)
  if (found !== length) at.warn('validate', `Burn is not measured over ${lengthText(length)}: ${lengthText(found)} are taken.`)
  return found
}

/** Who is told: what wakes somebody up pages, anything else opens a ticket. */
export const severityOf = (word: string): AlertSeverity =>
  /^(page|critical|crit|high|urgent|fatal|emergency|sev-?[012]|p[01])$/i.test(word.trim()) ? 'page' : 'ticket'
