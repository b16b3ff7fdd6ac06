import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorId, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, type Transaction, transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { aloneWithServices } from '../service/commands'
import type { Prepared } from '../slo/commands-write'
import type { UnixSeconds } from '../time-series/units'
import { releaseGone } from './commands-release'
import { Applying } from './commands-steps'
import { keyOf } from './facts'
import { inTurns } from './in-turns'
import { type Applied, changesAnything, type Plan } from './plan'
import { canApplyFiles, WHO_APPLIES } from './policy'
import { draftOf, filesOf, planOfDraft } from './reads-draft'
import { preparedChange } from './reads-effects'
import { mustBeRight } from './reads-plan'
import type { ApplyInput } from './schema'
import type { Step } from './steps'

/** A thousand SLOs are written within a minute; a transaction that takes longer is lost. */
const PATIENCE = 120_000
const CHANGED = 'Something was changed since this was planned. Plan again, look at it, and apply that.'

/**
 * Makes the portal what the files say, all of it or nothing. Refused with `expect` when what would be done is not what was planned, and
 * when anything that it rests on changes while it is being written.
 */
export async function applyFiles(actor: Actor, input: ApplyInput, now = Math.floor(Date.now() / 1000)): Promise<Applied> {
  authorize(canApplyFiles(actor), WHO_APPLIES)
  const read = await filesOf(input, now)
  const draft = await draftOf(db(), actor, read, input, now)
  mustBeRight(draft.faults)
  const plan = planOfDraft(draft, input.owner)
  if (input.expect !== null && input.expect !== plan.fingerprint) throw new HeadroomError('CONFLICT', CHANGED, [], { plan })
  const refused = plan.items.filter(({ verb }) => verb === 'refused')
  if (refused[0]) {
    const more = refused.length > 1 ? ` ${refused.length} are refused in all; nothing was applied.` : ' Nothing was applied.'
    const issues = refused.map(({ key, reason }) => ({ path: key, message: reason ?? '' }))
    throw new HeadroomError('CONFLICT', `${refused[0].key}: ${refused[0].reason}${more}`, issues, { plan })
  }
  const prepared = await prepareAll(draft.steps)
  await transaction(async (tx) => {
    // One at a time: the second of two is compared with what the first has written.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('slo as code'))`
    await aloneWithServices(tx)
    const again = await draftOf(tx, actor, read, input, now)
    if (again.fingerprint !== plan.fingerprint) throw new HeadroomError('CONFLICT', CHANGED, [], { plan })
    await writeSet(tx, actor, input, now)
    await new Applying(tx, actor, { owner: input.owner, now, prepared }).all(again.steps)
    if (input.owner !== null && input.prune) await releaseGone(tx, actor, input.owner, new Set(read.declared.slos.map(keyOf)))
    if (changesAnything(plan) || input.owner !== null) await audited(tx, actor, input, plan)
  }, PATIENCE).catch((error: unknown) => {
    throw asRefusal(error, plan)
  })
  const effects = new Map([...prepared].map(([id, { effect }]) => [id, effect]))
  const items = plan.items.map((item) => {
    const effect = item.kind === 'slo' && item.sloId !== null ? effects.get(item.sloId) : null
    return effect ? { ...item, effect: { ...effect, why: null } } : item
  })
  return { plan: { ...plan, items }, owner: input.owner, at: now, revision: input.revision }
}

/** Worked out before rows are held; `effect` is written with the version. */
async function prepareAll(steps: Step[]): Promise<Map<number, Prepared>> {
  const changes = steps
    .flatMap(({ does }) => does)
    .filter((one) => one.does === 'change-slo')
    .filter(({ fact, changes: words }) => words.length > 0 && !fact.deleted)
  return new Map((await inTurns(changes, 4, preparedChange)).map((one) => [one.id, one]))
}

async function writeSet(
  tx: Transaction,
  actor: Actor,
  { owner, revision, repository }: ApplyInput,
  now: UnixSeconds,
): Promise<void> {
  if (owner === null) return
  const applied = { appliedAt: now, appliedBy: actorName(actor), appliedById: actorId(actor), revision }
  const create = { owner, ...applied, repository }
  // A pipeline that does not say where its files are keeps what was said before.
  await tx.managedSet.upsert({ where: { owner }, create, update: { ...applied, ...(repository !== null && { repository }) } })
}

const audited = (tx: Transaction, actor: Actor, { owner, revision }: ApplyInput, plan: Applied['plan']): Promise<void> =>
  recordAudit(tx, actor, {
    action: 'files.apply',
    entityType: 'managed_set',
    entityId: owner ?? 'import',
    after: { revision, fingerprint: plan.fingerprint, ...plan.counts },
  })

/** Whatever keeps a plan from being written comes with it, as what was refused before: somebody was faster, or took the same name. */
function asRefusal(error: unknown, plan: Plan): unknown {
  if ((error as { code?: string }).code === 'P2002') return new HeadroomError('CONFLICT', CHANGED, [], { plan })
  if (!(error instanceof HeadroomError) || error.extension.plan) return error
  return new HeadroomError('CONFLICT', error.message, error.issues, { plan })
}
