import type { UnixSeconds } from '../time-series/units'
import type { Counts } from './counts'
import { LOOKBACKS, type Lookback, type StatusInput } from './status'

/**
 * The counts of a `StatusInput` as the flat array `slo_status.inputs` keeps: start of history (−1: none), then good, total
 * and measured of the window, of pace and of every lookback, in the order of `LOOKBACKS`; last the credited minutes.
 */
const KEYS = Object.keys(LOOKBACKS) as Lookback[]
export const INPUTS_LENGTH = 1 + 3 * (2 + KEYS.length) + 1

export function packInputs(input: Pick<StatusInput, 'historyFrom' | 'window' | 'pace' | 'lookbacks' | 'credit'>): number[] {
  const counts = [input.window, input.pace, ...KEYS.map((key) => input.lookbacks[key])]
  return [input.historyFrom ?? -1, ...counts.flatMap(({ good, total, measured }) => [good, total, measured]), input.credit]
}

type Kept = { now: UnixSeconds; lastDataTs: UnixSeconds | null; staleSince: UnixSeconds | null }

export function unpackInputs(packed: number[], kept: Kept): StatusInput {
  if (packed.length !== INPUTS_LENGTH) throw new RangeError(`Expected ${INPUTS_LENGTH} status inputs, found ${packed.length}.`)
  const at = (index: number): Counts => {
    const offset = 1 + index * 3
    return { good: packed[offset] as number, total: packed[offset + 1] as number, measured: packed[offset + 2] as number }
  }
  const historyFrom = packed[0] as number
  return {
    ...kept,
    historyFrom: historyFrom < 0 ? null : historyFrom,
    credit: packed[INPUTS_LENGTH - 1] as number,
    window: at(0),
    pace: at(1),
    lookbacks: Object.fromEntries(KEYS.map((key, i) => [key, at(i + 2)])) as Record<Lookback, Counts>,
  }
}
