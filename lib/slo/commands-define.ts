import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { checkAgainstSource } from '../measurement/source-checks'
import { prometheusClient } from '../prometheus/client'
import { canDetach } from '../slo-as-code/policy'
import { floorTo, MINUTE, type UnixSeconds } from '../time-series/units'
import {
  bringBackSlo,
  insertSlo,
  type Lifecycle,
  mustBeOurs,
  type Past,
  type Prepared,
  refuseAt,
  removeSlo,
  writeSlo,
} from './commands-write'
import { changesBetween, changesUnit, measuresOtherwise } from './definition-diff'
import type { SloDefinitionRecord } from './definition-input'
import { recordOf } from './definition-record'
import { managedText, prunedText } from './managed'
import { canDefineSlo } from './policy'
import { effectOf } from './reads-effect'
import { prunedBy } from './reads-pruned'
import { asRefusal, sourceNamed } from './reads-source'
import { type StoredSlo, storedSlo } from './reads-stored'
import { recordAtVersion } from './reads-versions'

const WHO = 'Only engineers, SLO owners and administrators define SLOs.'

/**
 * Writes one objective, or several that share an indicator, together or not at all. An active one has to fit its source;
 * the poller reads its history within seconds.
 */
export async function createSlos(
  actor: Actor,
  { definitions, lifecycle }: { definitions: SloDefinitionRecord[]; lifecycle: Lifecycle },
  now = Math.floor(Date.now() / 1000),
): Promise<{ ids: number[] }> {
  authorize(canDefineSlo(actor), WHO)
  if (lifecycle === 'active') for (const definition of definitions) await mustFitSource(definition, now)
  const sources = await Promise.all(definitions.map(({ dataSource }) => sourceNamed(dataSource)))
  return transaction(async (tx) => {
    const ids: number[] = []
    for (const [i, definition] of definitions.entries())
      ids.push(await insertSlo(tx, actor, definition, { lifecycle, sourceId: sources[i]?.id as number }))
    return { ids }
  })
}

export type Saved =
  | { kind: 'saved'; id: number; version: number; changes: string[] }
  /** somebody else saved in between: what they changed, and their version to go on from */
  | { kind: 'conflict'; version: number; author: string; changes: string[]; definition: SloDefinitionRecord }

export type SloUpdate = {
  id: number
  /** the version that was edited */
  version: number
  definition: SloDefinitionRecord
  lifecycle: Lifecycle
  past: Past
}

/** Saves a new version if nobody else did since `version`; otherwise says what they changed and writes nothing. */
export async function updateSlo(actor: Actor, update: SloUpdate, now = Math.floor(Date.now() / 1000)): Promise<Saved> {
  authorize(canDefineSlo(actor), WHO)
  const { id } = update
  const stored = await storedSlo(id)
  if (stored.row.managed) throw new HeadroomError('CONFLICT', managedText(stored.row.name, stored.row.managed))
  if (stored.row.version !== update.version) return conflict(id, update.version, stored.row.versionAuthor, recordOf(stored.row))
  const prepared = await prepare(stored, update, now)
  const { changes } = prepared
  if (changes.length === 0) return { kind: 'saved', id, version: update.version, changes }
  const version = await transaction(async (tx) => {
    const written = await writeSlo(tx, actor, { ...prepared, seen: null })
    if (written === null) await mustBeOurs(tx, id)
    return written
  })
  if (version !== null) return { kind: 'saved', id, version, changes }
  const newer = await storedSlo(id)
  return conflict(id, update.version, newer.row.versionAuthor, recordOf(newer.row))
}

/** What a change comes to, in words and for the budget; refused where the source cannot measure what is to be active. */
async function prepare(stored: StoredSlo, { definition, lifecycle, past }: SloUpdate, now: UnixSeconds): Promise<Prepared> {
  const prepared = await prepareUpdate(stored, { definition, lifecycle, past })
  const { before, otherwise, changes } = prepared
  if (changes.length === 0) return prepared
  if (otherwise && past === 'keep' && changesUnit(before, definition))
    throw refuseAt('past', 'The old counts are of another kind and cannot be added to the new. Measure the past again.')
  if (lifecycle === 'active' && (otherwise || stored.row.lifecycle === 'draft')) await mustFitSource(definition, now)
  return prepared
}

/** The same without asking the source: for those who have looked already. */
export async function prepareUpdate(
  stored: StoredSlo,
  { definition, lifecycle, past }: Pick<SloUpdate, 'definition' | 'lifecycle' | 'past'>,
): Promise<Prepared> {
  const { id, version, lifecycle: was, managed } = stored.row
  const before = recordOf(stored.row)
  const changes = changesBetween(before, definition)
  if (lifecycle !== was) changes.unshift(lifecycle === 'active' ? 'Activated' : 'Set back to draft')
  const otherwise = measuresOtherwise(before, definition)
  const effect = otherwise || changes.length === 0 ? null : await effectOf(stored, definition)
  const sourceId = (await sourceNamed(definition.dataSource)).id
  return {
    ...{ id, version, before, definition, changes, effect, otherwise, past, sourceId },
    ...{ lifecycle: { before: was, after: lifecycle }, seen: managed?.owner ?? null },
  }
}

async function conflict(id: number, base: number, author: string | null, theirs: SloDefinitionRecord): Promise<Saved> {
  const { row } = await storedSlo(id)
  const from = await recordAtVersion(id, base)
  return {
    kind: 'conflict',
    version: row.version,
    author: author ?? 'somebody',
    changes: changesBetween(from, theirs),
    definition: theirs,
  }
}

/** Puts an old version in force again, as a new one. */
export async function restoreVersion(
  actor: Actor,
  { id, version, restore }: { id: number; version: number; restore: number },
): Promise<Saved> {
  authorize(canDefineSlo(actor), WHO)
  const { row } = await storedSlo(id)
  const definition = { ...recordOf(row), ...(await recordAtVersion(id, restore)) }
  return updateSlo(actor, { id, version, definition, lifecycle: row.lifecycle, past: 'measure-again' })
}

/** Takes an SLO off every list. Its history stays, and it can be brought back. In composites it is late from now on. */
export async function deleteSlo(actor: Actor, { id, version }: { id: number; version: number }): Promise<{ id: number }> {
  authorize(canDefineSlo(actor), WHO)
  return transaction(async (tx) => {
    await mustBeOurs(tx, id)
    await removeSlo(tx, actor, { id, version, seen: null })
    return { id }
  })
}

export async function undeleteSlo(actor: Actor, { sloId: id }: { sloId: number }): Promise<{ id: number }> {
  authorize(canDefineSlo(actor), WHO)
  return transaction(async (tx) => {
    await mustBeOurs(tx, id)
    // What files deleted comes back by them, or by those who may take an SLO away from its files.
    const set = canDetach(actor) ? null : await prunedBy(tx, id)
    if (set !== null) throw new HeadroomError('FORBIDDEN', prunedText(set))
    await bringBackSlo(tx, actor, { id, seen: null })
    return { id }
  })
}

async function mustFitSource(definition: SloDefinitionRecord, at: UnixSeconds): Promise<void> {
  const { url } = await sourceNamed(definition.dataSource)
  const client = prometheusClient({ url, timeoutSeconds: 20 })
  const now = floorTo(at, MINUTE)
  const findings = await checkAgainstSource(definition, { client, now }).catch((error: unknown) => {
    throw asRefusal(error)
  })
  const issues = findings.filter(({ severity }) => severity === 'error').map(({ path, message }) => ({ path, message }))
  if (issues[0]) throw new HeadroomError('INVALID_INPUT', `${issues[0].message} Save it as a draft, or correct it.`, issues)
}
