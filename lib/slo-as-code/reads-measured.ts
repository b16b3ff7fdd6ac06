import 'server-only'
import { HeadroomError } from '../errors'
import { checkRetention } from '../measurement/source-checks'
import type { SloDefinitionRecord } from '../slo/definition-input'
import { type PastRead, readPast } from '../slo/reads-past'
import { budgetAtEnd } from '../slo/simulation'
import type { UnixSeconds } from '../time-series/units'
import { inTurns } from './in-turns'
import { measuredOver } from './new-slo'
import type { PlanEffect } from './plan'

/**
 * What is left of budgets that nothing is stored of. Sources are asked once for each different measurement, however many promises files
 * make of it, and no longer than people wait.
 */

/** A month of a source is read for each: so many of one plan, some at a time. */
const MOST = 50
const AT_ONCE = 4

export type Measured = Pick<PlanEffect, 'after' | 'why' | 'over'> & { notes: string[] }
/** or why there is none */
type Answer = PastRead | string

/** What a source is asked, and how it is counted. */
const measurementOf = ({ dataSource, indicator, method, sliceTarget }: SloDefinitionRecord): string =>
  JSON.stringify([dataSource, indicator, method, sliceTarget])

/** `patience` in milliseconds, for all of them together. */
export async function measureOnce(
  definitions: SloDefinitionRecord[],
  now: UnixSeconds,
  patience: number,
): Promise<(definition: SloDefinitionRecord) => Measured> {
  const until = performance.now() + patience
  const asked = mostShared(definitions).slice(0, MOST)
  const answers = await inTurns(asked, AT_ONCE, (one) => answerIn(until - performance.now(), patience, () => readPast(one, now)))
  const known = new Map(asked.map((one, i) => [measurementOf(one), answers[i] as Answer]))
  return (definition) => {
    if (definition.indicator.kind === 'composite') return unknown('It is counted from its members once they are there.')
    const answer =
      known.get(measurementOf(definition)) ?? `A plan reads ${MOST} different measurements at most, and this is another one.`
    return typeof answer === 'string' ? unknown(answer) : budgetOf(definition, answer)
  }
}

/** One definition for each measurement: where not all can be asked, those that tell of most SLOs come first. */
function mostShared(definitions: SloDefinitionRecord[]): SloDefinitionRecord[] {
  const by = new Map<string, { definition: SloDefinitionRecord; count: number }>()
  for (const definition of definitions) {
    if (definition.indicator.kind === 'composite') continue
    const key = measurementOf(definition)
    const same = by.get(key)
    if (same) same.count++
    else by.set(key, { definition, count: 1 })
  }
  return [...by.values()].sort((a, b) => b.count - a.count).map(({ definition }) => definition)
}

const unknown = (why: string, notes: string[] = []): Measured => ({ after: null, why, notes })

function budgetOf(definition: SloDefinitionRecord, { findings, past, kept, to }: PastRead): Measured {
  const all = [...findings, ...checkRetention(definition.window, kept, to)]
  // Of these the portal has a whole without its good part, which counts.
  const allBad = findings.some(({ severity, path }) => severity === 'error' && path === 'indicator.thresholdSeconds')
  const notes = [
    ...(allBad ? ['Applied as it is, everything counts as too slow: mend the threshold first.'] : []),
    ...all.filter(({ severity }) => severity === 'warning').map(({ message }) => message),
  ]
  if (!past)
    return unknown(
      `Nothing is measured yet. ${findings.find(({ severity }) => severity === 'error')?.message ?? ''}`.trim(),
      notes,
    )
  const { remaining, measuredFrom } = budgetAtEnd(definition, past.series)
  if (measuredFrom === null || remaining === null) return unknown('The last 30 days hold no data.', notes)
  return { after: remaining, why: null, over: measuredOver(definition.window, { measuredFrom, to }), notes }
}

/** What was asked and not answered in time ends by the time limit of the source. */
async function answerIn(left: number, patience: number, ask: () => Promise<PastRead>): Promise<Answer> {
  const waited = `${patience / 1000} s`
  if (left <= 0) return `There was no time left to measure it: a plan waits ${waited} for sources.`
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, left, `The source had not answered when the ${waited} were over that a plan waits for sources.`)
  })
  const asked = ask().catch((error: unknown) => {
    if (error instanceof HeadroomError) return error.message
    throw error
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
    asked.catch(() => {})
  }
}
