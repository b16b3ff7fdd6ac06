import 'server-only'
import { createHash } from 'node:crypto'
import { canDefineAlertPolicy } from '../alert/policy'
import type { Actor } from '../auth/actor'
import type { Transaction } from '../db/client'
import { canDefineBudgetPolicy } from '../policy/policy'
import type { UnixSeconds } from '../time-series/units'
import { type Draft, draftPlan } from './draft-plan'
import { keyOf } from './facts'
import { narrowed } from './narrow'
import { countsOfItems, hasErrors, type Plan } from './plan'
import { type ReadFiles, readFilesInTurns } from './read-files'
import { factsFor } from './reads-facts'
import type { PlanInput } from './schema'
import type { Does } from './steps'

/** `unchosen`: SLOs of the files that are not to be taken. */
export async function filesOf(input: PlanInput, now: UnixSeconds): Promise<ReadFiles & { unchosen: Set<string> }> {
  const read = await readFilesInTurns(input.files, { whole: true, now })
  const declared = narrowed(read.declared, input)
  const taken = new Set(declared.slos.map(keyOf))
  return { ...read, declared, unchosen: new Set(read.declared.slos.map(keyOf).filter((key) => !taken.has(key))) }
}

/** What applying these files would do, from what is there now. */
export async function draftOf(
  on: Transaction,
  actor: Actor,
  read: Awaited<ReturnType<typeof filesOf>>,
  input: PlanInput,
  now: UnixSeconds,
): Promise<Draft & { fingerprint: string }> {
  const facts = await factsFor(on, read.declared, input.owner)
  const may = { mayAlert: canDefineAlertPolicy(actor), mayBudget: canDefineBudgetPolicy(actor) }
  const draft = draftPlan(read, facts, { ...input, ...may, now })
  return { ...draft, fingerprint: fingerprintOf(draft, input) }
}

/** The same for the same files, options and versions, whatever the budgets have become. */
function fingerprintOf({ steps, faults }: Draft, { owner, prune, adopt }: PlanInput): string {
  const hash = createHash('sha256').update(JSON.stringify({ owner, prune, adopt }))
  for (const { item, does } of steps) {
    const { notes: _, effect: __, place: ___, ...rest } = item
    hash.update(JSON.stringify([rest, item.verb === 'unchanged' ? [] : does.map(restsOn)]))
  }
  for (const { file, line, reason, severity } of faults)
    if (severity === 'error') hash.update(JSON.stringify([file, line, reason]))
  return hash.digest('hex').slice(0, 16)
}

/** Of what is there its version and whose it is. Lines move when a comment is written: that is no other plan. */
function restsOn(step: Does): unknown {
  const { asDeclared, fact, ...rest } = step as Does & {
    asDeclared?: unknown
    fact?: { id: number; version: number; managedBy: string | null }
  }
  return { ...rest, fact: fact && { id: fact.id, version: fact.version, managedBy: fact.managedBy } }
}

export function planOfDraft({ steps, faults, notes, fingerprint }: Draft & { fingerprint: string }, owner: string | null): Plan {
  const items = steps.map(({ item }) => item)
  const counts = countsOfItems(items)
  return { owner, ok: !hasErrors(faults) && counts.refused === 0, counts, faults, items, notes, fingerprint }
}
