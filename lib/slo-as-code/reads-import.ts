import 'server-only'
import type { z } from 'zod'
import { canDefineAlertPolicy } from '../alert/policy'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { canDefineBudgetPolicy } from '../policy/policy'
import { canReadSlos } from '../slo/policy'
import type { UnixSeconds } from '../time-series/units'
import {
  type FoundIn,
  type ImportChoices,
  type ImportStart,
  MOST_FAULTS,
  type previewImportSchema,
  type ReadSource,
  type readSchema,
} from './import-schema'
import type { Plan } from './plan'
import { canApplyFiles, WHO_APPLIES } from './policy'
import { readFilesInTurns } from './read-files'
import { draftOf, filesOf, planOfDraft } from './reads-draft'
import { planFiles } from './reads-plan'
import type { PlanInput } from './schema'

const nowOf = (): UnixSeconds => Math.floor(Date.now() / 1000)

/** What files say and what is wrong with them. Nothing is compared with the portal, and nothing written. */
export async function readSource(actor: Actor, { files }: z.output<typeof readSchema>): Promise<ReadSource> {
  authorize(canReadSlos(actor), 'Sign in to read files.')
  const { declared, faults, objects } = await readFilesInTurns(files, { whole: true, now: nowOf() })
  const found = new Map<string, FoundIn>(files.map(({ name }) => [name, { name, format: null, slos: 0 }]))
  for (const { place, format } of [...declared.services, ...declared.sources, ...declared.budgetPolicies, ...declared.slos]) {
    const file = found.get(place.file)
    if (file) file.format ??= format
  }
  for (const { place } of declared.slos) {
    const file = found.get(place.file)
    if (file) file.slos++
  }
  return { faults: faults.slice(0, MOST_FAULTS), objects, slos: declared.slos.length, found: [...found.values()] }
}

/** By a person, for whom what exists is changed where they say so: each change is shown, and can be left out. */
export const inputOf = (files: PlanInput['files'], choices: ImportChoices, only: string[] | null = null): PlanInput => ({
  ...{ files, ...choices, only },
  ...{ owner: null, prune: false, adopt: true },
})

/** What taking all of these files would do. Without `effects` it is known at once. */
export async function previewImport(
  actor: Actor,
  { files, choices, effects }: z.output<typeof previewImportSchema>,
): Promise<Plan> {
  authorize(canApplyFiles(actor), WHO_APPLIES)
  const input = inputOf(files, choices)
  const plan = await (effects ? planFiles(actor, input) : planOfImport(actor, input))
  // Warnings were said when the files were read.
  return { ...plan, faults: plan.faults.filter(({ severity }) => severity === 'error').slice(0, MOST_FAULTS) }
}

export async function planOfImport(actor: Actor, input: PlanInput): Promise<Plan> {
  const now = nowOf()
  return planOfDraft(await draftOf(db(), actor, await filesOf(input, now), input, now), null)
}

export async function importStart(actor: Actor): Promise<ImportStart> {
  authorize(canReadSlos(actor), 'Sign in to read files.')
  const sources = await db().dataSource.findMany({ select: { name: true }, orderBy: { id: 'asc' } })
  const teams = await db().team.findMany({ select: { slug: true, name: true }, orderBy: { name: 'asc' } })
  return {
    ...{ sources: sources.map(({ name }) => name), teams },
    may: { save: canApplyFiles(actor), policies: canDefineAlertPolicy(actor) && canDefineBudgetPolicy(actor) },
  }
}
