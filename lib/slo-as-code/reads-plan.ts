import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { HeadroomError } from '../errors'
import type { Fault } from './fault'
import type { Plan } from './plan'
import { canApplyFiles, WHO_APPLIES } from './policy'
import { draftOf, filesOf, planOfDraft } from './reads-draft'
import { withEffects } from './reads-effects'
import type { PlanInput } from './schema'

/**
 * What applying these files would do, in words and with what it does to each budget. Faults of the files are part of the answer. Asks
 * sources about what is new; writes nothing.
 */
export async function planFiles(actor: Actor, input: PlanInput, now = Math.floor(Date.now() / 1000)): Promise<Plan> {
  authorize(canApplyFiles(actor), WHO_APPLIES)
  const draft = await draftOf(db(), actor, await filesOf(input, now), input, now)
  return planOfDraft({ ...draft, steps: await withEffects(draft.steps, now) }, input.owner)
}

/** Refuses files with errors, for those who cannot go on with any; the faults come along, each at its place. */
export function mustBeRight(faults: Fault[]): void {
  const errors = faults.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (!first) return
  const where = first.file ? `${first.file}:${first.line}: ` : ''
  const more = errors.length > 1 ? ` There are ${errors.length} errors in all.` : ''
  const issues = errors
    .slice(0, 50)
    .map(({ file, line, column, reason }) => ({ path: `${file}:${line}:${column}`, message: reason }))
  throw new HeadroomError('INVALID_INPUT', `${where}${first.reason}${more}`, issues, { faults })
}
