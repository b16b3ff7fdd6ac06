import 'server-only'
import type { Actor } from '../auth/actor'
import type { Transaction } from '../db/client'
import { insertService, keepService, writeService } from '../service/commands'
import { serviceGraph } from '../service/commands-place'
import { storedService } from '../service/reads-stored'
import type { Ownership } from '../slo/commands-write'
import { neededFirst } from './needed-first'
import type { Does } from './steps'

/** Services that files declare, inside the transaction that writes a plan. */

type Create = Extract<Does, { does: 'create-service' }>
type Change = Extract<Does, { does: 'change-service' }>
type Writing = { ownershipOf: (declared: Create['asDeclared']) => Ownership; conflict: (slug: string) => Error }

export async function writeServices(tx: Transaction, actor: Actor, all: (Create | Change)[], writing: Writing): Promise<void> {
  for (const one of await inOrder(tx, all)) {
    const ownership = writing.ownershipOf(one.asDeclared)
    if (one.does === 'create-service') await insertService(tx, actor, one.definition, ownership)
    else if (!(await changed(tx, actor, one, ownership))) throw writing.conflict(one.slug)
  }
}

async function changed(tx: Transaction, actor: Actor, { slug, version, seen, fields, changes }: Change, ownership: Ownership) {
  const files = { ownership, seen }
  if (changes.length === 0) return keepService(tx, actor, { slug, version, files })
  const { record } = await storedService(tx, slug)
  const saved = await writeService(tx, actor, { slug, version, definition: { ...record, ...fields, newTeam: null } }, files)
  return saved.kind === 'saved'
}

const slugOf = (one: Create | Change): string => (one.does === 'create-service' ? one.definition.slug : one.slug)
const needsOf = (one: Create | Change) => (one.does === 'create-service' ? one.definition : one.fields).dependencies

/** What others will depend on comes first, by way of services that stay as they are as well: then no arrow closes a circle on the way. */
async function inOrder(tx: Transaction, all: (Create | Change)[]): Promise<(Create | Change)[]> {
  if (all.every((one) => needsOf(one) === undefined)) return all
  const graph = await serviceGraph(tx)
  const bySlug = new Map(all.map((one) => [slugOf(one), one]))
  for (const [slug, one] of bySlug) graph.set(slug, needsOf(one) ?? graph.get(slug) ?? [])
  return neededFirst(
    [...graph.keys()],
    (slug) => slug,
    (slug) => graph.get(slug) ?? [],
  ).flatMap((slug) => bySlug.get(slug) ?? [])
}
