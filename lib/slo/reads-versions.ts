import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { HeadroomError } from '../errors'
import { toUnix, type UnixSeconds } from '../time-series/units'
import type { SloDefinitionRecord } from './definition-input'
import { readRecord, recordOf } from './definition-record'
import type { Managed } from './managed'
import { canReadSlos } from './policy'
import type { Effect } from './reads-effect'
import { storedSlo } from './reads-stored'
import type { VersionRules } from './rules-over-time'

export type SloVersionInfo = {
  version: number
  from: UnixSeconds
  author: string
  changes: string[]
  effect: Effect | null
  definition: Partial<SloDefinitionRecord>
}

/** Every version of a definition, newest first. */
export async function sloVersions(actor: Actor, id: number): Promise<SloVersionInfo[]> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read SLOs.')
  const rows = await db().sloVersion.findMany({ where: { sloId: id }, orderBy: { version: 'desc' } })
  return rows.map(({ version, validFrom, author, changes, effect, definition }) => ({
    version,
    from: toUnix(validFrom),
    author,
    changes: Array.isArray(changes) ? changes.filter((line): line is string => typeof line === 'string') : [],
    effect: effect as Effect | null,
    definition: readRecord(definition),
  }))
}

export async function recordAtVersion(id: number, version: number): Promise<Partial<SloDefinitionRecord>> {
  const row = await db().sloVersion.findUnique({ where: { sloId_version: { sloId: id, version } } })
  if (!row) throw new HeadroomError('NOT_FOUND', `This SLO has no version ${version}.`)
  return readRecord(row.definition)
}

/** The definition in force, with what has to be known to change it. */
export async function sloDefinition(
  actor: Actor,
  id: number,
): Promise<{
  id: number
  version: number
  lifecycle: 'draft' | 'active'
  managedBy: Pick<Managed, 'owner' | 'file' | 'line'> | null
  definition: SloDefinitionRecord
}> {
  authorize(canReadSlos(actor), 'Only people who are signed in may read SLOs.')
  const { row } = await storedSlo(id)
  const { version, lifecycle, managed } = row
  const managedBy = managed && { owner: managed.owner, file: managed.file, line: managed.line }
  return { id, version, lifecycle, managedBy, definition: recordOf(row) }
}

/** What was in force when, oldest first. Authorized by whoever asks for the SLO. */
export async function versionRules(id: number): Promise<VersionRules[]> {
  const rows = await db().sloVersion.findMany({ where: { sloId: id }, orderBy: { version: 'asc' } })
  return rows.map(({ validFrom, definition }) => ({ from: toUnix(validFrom), definition: readRecord(definition) }))
}
