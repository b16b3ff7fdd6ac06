import 'server-only'
import type { Actor } from '../auth/actor'
import { HeadroomError } from '../errors'
import { prepareUpdate } from '../slo/commands-define'
import { previewSlo } from '../slo/commands-preview'
import type { Prepared } from '../slo/commands-write'
import type { SloDefinitionRecord } from '../slo/definition-input'
import { storedSlo } from '../slo/reads-stored'
import type { UnixSeconds } from '../time-series/units'
import { measuredOver } from './new-slo'
import type { PlanEffect } from './plan'
import type { Does, Step } from './steps'

/** A month of a source is read for each: so many of one plan, some at a time, and no longer than people wait. */
const MOST_MEASURED = 20
const AT_ONCE = 4
const PATIENCE = 20_000

type ChangeSlo = Extract<Does, { does: 'change-slo' }>

/** A change of a stored SLO as `updateSlo` works it out, without asking the source. */
export async function preparedChange({ fact, definition }: ChangeSlo): Promise<Prepared> {
  return prepareUpdate(await storedSlo(fact.id), { definition, lifecycle: 'active', past: 'measure-again' })
}

/** What a plan does to each budget: from stored counters where there are any, else from what the source holds of the last 30 days. */
export async function withEffects(actor: Actor, steps: Step[], now: UnixSeconds, patience = PATIENCE): Promise<Step[]> {
  const measuring = measurer(actor, now, patience)
  return inTurns(steps, AT_ONCE, async (step) => {
    if (step.item.kind !== 'slo') return step
    const found = await effectOn(step, measuring).catch((error: unknown) => {
      if (error instanceof HeadroomError) return { effect: unmeasured(error.message), notes: [] }
      throw error
    })
    return found ? { ...step, item: { ...step.item, effect: found.effect, notes: [...step.item.notes, ...found.notes] } } : step
  })
}

type Found = { effect: PlanEffect; notes: string[] }
type Measured = Pick<PlanEffect, 'after' | 'why' | 'over'> & { notes: string[] }
type Measure = (definition: SloDefinitionRecord) => Promise<Measured>

const unmeasured = (why: string): PlanEffect => ({ before: null, after: null, why })

async function effectOn({ item, does }: Step, measure: Measure): Promise<Found | null> {
  const made = does.find((one) => one.does === 'create-slo')
  if (made) {
    const { notes, ...found } = await measure(made.definition)
    return { effect: { before: null, ...found }, notes }
  }
  const gone = does.find((one) => one.does === 'delete-slo')
  if (gone) {
    const before = (await storedSlo(gone.fact.id)).status?.remaining ?? null
    return { effect: { before, after: null, why: 'It is no longer measured.' }, notes: [] }
  }
  const changed = does.find((one) => one.does === 'change-slo')
  if (changed?.fact.deleted) {
    // What was counted before waits for its return; the source says now what the budget will be.
    const { notes, ...found } = await measure(changed.definition)
    return { effect: { before: null, ...found }, notes }
  }
  if (!changed || item.verb === 'unchanged' || changed.changes.length === 0) return null
  const { effect, otherwise } = await preparedChange(changed)
  if (!otherwise) return { effect: { ...(effect ?? { before: null, after: null }), why: null }, notes: [] }
  const before = (await storedSlo(changed.fact.id)).status?.remaining ?? null
  const { notes, ...found } = await measure(changed.definition)
  return { effect: { before, ...found }, notes: ['It measures something else: its past is measured again.', ...notes] }
}

function measurer(actor: Actor, now: UnixSeconds, patience: number): Measure {
  const until = performance.now() + patience
  let asked = 0
  return async (definition) => {
    if (definition.indicator.kind === 'composite')
      return { after: null, why: 'It is counted from its members once they are there.', notes: [] }
    if (++asked > MOST_MEASURED)
      return { after: null, why: `Only ${MOST_MEASURED} are measured before they are there.`, notes: [] }
    const left = until - performance.now()
    if (left <= 0) return { after: null, why: 'There was no time left to measure it.', notes: [] }
    const preview = await within(left, previewSlo(actor, definition, now))
    if (!preview) return { after: null, why: 'The source took too long.', notes: [] }
    const { measured, findings } = preview
    const errors = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message)
    const notes = findings.filter(({ severity }) => severity === 'warning').map(({ message }) => message)
    if (!measured) return { after: null, why: `Nothing is measured yet. ${errors[0] ?? ''}`.trim(), notes }
    const { measuredFrom, to, remaining } = measured
    if (measuredFrom === null || remaining === null) return { after: null, why: 'The last 30 days hold no data.', notes }
    return { after: remaining, why: null, over: measuredOver(definition.window, { measuredFrom, to }), notes }
  }
}

/** `null` when it takes longer; what was asked ends by the time limit of the source. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, milliseconds, null)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    work.catch(() => {})
  }
}

/** Some at a time, results in the order of the questions. */
export async function inTurns<A, B>(all: A[], atOnce: number, of: (one: A) => Promise<B>): Promise<B[]> {
  const results: B[] = []
  let next = 0
  const worker = async () => {
    while (next < all.length) {
      const i = next++
      results[i] = await of(all[i] as A)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker))
  return results
}
