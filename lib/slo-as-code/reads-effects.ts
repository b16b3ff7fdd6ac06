import 'server-only'
import { HeadroomError } from '../errors'
import { prepareUpdate } from '../slo/commands-define'
import type { Prepared } from '../slo/commands-write'
import type { SloDefinitionRecord } from '../slo/definition-input'
import { storedSlo } from '../slo/reads-stored'
import type { UnixSeconds } from '../time-series/units'
import { inTurns } from './in-turns'
import type { PlanEffect } from './plan'
import { measureOnce } from './reads-measured'
import type { Does, Step } from './steps'

const AT_ONCE = 4
/** Nobody waits longer for what is good to know. */
const PATIENCE = 20_000

type ChangeSlo = Extract<Does, { does: 'change-slo' }>

/** A change of a stored SLO as `updateSlo` works it out, without asking the source. */
export async function preparedChange({ fact, definition }: ChangeSlo): Promise<Prepared> {
  return prepareUpdate(await storedSlo(fact.id), { definition, lifecycle: 'active', past: 'measure-again' })
}

/** What a plan does to each budget: from stored counters where there are any, else from what the source holds of the last 30 days. */
export async function withEffects(steps: Step[], now: UnixSeconds, patience = PATIENCE): Promise<Step[]> {
  const found = await inTurns(steps, AT_ONCE, async (step) => {
    if (step.item.kind !== 'slo') return null
    return effectOn(step).catch((error: unknown) => {
      if (error instanceof HeadroomError) return { effect: { before: null, after: null, why: error.message } }
      throw error
    })
  })
  const measured = await measureOnce(
    found.flatMap((one) => (one && 'measure' in one ? one.measure : [])),
    now,
    patience,
  )
  return steps.map((step, i) => {
    const one = found[i]
    if (!one) return step
    if ('effect' in one) return { ...step, item: { ...step.item, effect: one.effect } }
    const { notes, ...after } = measured(one.measure)
    const said = [...step.item.notes, ...(one.note ? [one.note] : []), ...notes]
    return { ...step, item: { ...step.item, effect: { before: one.before, ...after }, notes: said } }
  })
}

/** known already, or what the source has to say */
type Found = { effect: PlanEffect } | { measure: SloDefinitionRecord; before: number | null; note?: string }

const leftOf = async ({ fact }: Pick<ChangeSlo, 'fact'>): Promise<number | null> =>
  (await storedSlo(fact.id)).status?.remaining ?? null

async function effectOn({ item, does }: Step): Promise<Found | null> {
  const made = does.find((one) => one.does === 'create-slo')
  if (made) return { measure: made.definition, before: null }
  const gone = does.find((one) => one.does === 'delete-slo')
  if (gone) return { effect: { before: await leftOf(gone), after: null, why: 'It is no longer measured.' } }
  const changed = does.find((one) => one.does === 'change-slo')
  // What was counted before waits for its return; the source says now what the budget will be.
  if (changed?.fact.deleted) return { measure: changed.definition, before: null }
  if (!changed || item.verb === 'unchanged' || changed.changes.length === 0) return null
  const { effect, otherwise } = await preparedChange(changed)
  if (!otherwise) return { effect: { ...(effect ?? { before: null, after: null }), why: null } }
  const note = 'It measures something else: its past is measured again.'
  return { measure: changed.definition, before: await leftOf(changed), note }
}
