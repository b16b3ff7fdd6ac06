import 'server-only'
import type { z } from 'zod'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { canReadSlos } from '../slo/policy'
import { type FoundIn, MOST_FAULTS, type ReadSource, type readSchema } from './import-schema'
import { readFiles } from './read-files'

/** What files say and what is wrong with them. Nothing is compared with the portal, and nothing written. */
export async function readSource(actor: Actor, { files }: z.output<typeof readSchema>): Promise<ReadSource> {
  authorize(canReadSlos(actor), 'Sign in to read files.')
  const { declared, faults, objects } = readFiles(files, { whole: false, now: Math.floor(Date.now() / 1000) })
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
