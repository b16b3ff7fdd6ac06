import 'server-only'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import type { Transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { ALONE } from '../measurement/in-force'
import { compositesOver } from './composite-graph'
import { MadeOf } from './composite-members'
import { windowText } from './definition-diff'
import type { SloDefinitionRecord } from './definition-input'
import { checkMembers, compositeGraph, compositesThere } from './reads-members'

/** A composite is checked where it is written, one at a time: two together could close a circle. */
export async function mustHaveGoodMembers(tx: Transaction, definition: SloDefinitionRecord): Promise<void> {
  if (definition.indicator.kind !== 'composite') return
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('composite'))`
  const issues = (await checkMembers(definition, tx)).map(({ path, message }) => ({ path, message }))
  if (issues[0]) throw new HeadroomError('INVALID_INPUT', issues[0].message, issues)
}

/** Composites know their members by short names and share their window: neither changes under them. `along` are written with it. */
export async function mustSuitComposites(
  tx: Transaction,
  before: SloDefinitionRecord,
  after: SloDefinitionRecord,
  along: ReadonlySet<string> = new Set(),
): Promise<void> {
  const path =
    before.slug !== after.slug
      ? 'slug'
      : before.service !== after.service
        ? 'service'
        : windowText(before.window) !== windowText(after.window)
          ? 'window'
          : null
  if (path === null) return
  const key = `${before.service}/${before.slug}`
  const made = new MadeOf(await compositesThere(tx))
  const unfit = path === 'window' ? made.notSharing(key, after.window) : made.of(key)
  const over = unfit.find(([name]) => !along.has(name))
  if (!over) return
  const what = path === 'window' ? 'shares its window' : 'knows it by this name'
  const message = `The composite ${over[0]} is made of this SLO and ${what}. Take the SLO out of it first.`
  throw new HeadroomError('INVALID_INPUT', message, [{ path, message }])
}

/** The next fill begins with an empty ledger; nothing of the old query is mixed into the new. */
async function forget(tx: Transaction, id: number): Promise<void> {
  await tx.$executeRawUnsafe(ALONE)
  for (const table of [
    'sample_1m',
    'sample_5m',
    'sample_1h',
    'sample_1d',
    'slo_status',
    'slo_trend',
    'accuracy_sample',
    'excluded_span',
    'counter_mark',
  ])
    await tx.$executeRawUnsafe(`DELETE FROM ${table} WHERE slo_id = $1`, id)
  await tx.sloEvaluation.delete({ where: { sloId: id } })
  await tx.sloEvaluation.create({ data: { sloId: id } })
}

type Named = { id: number; service: string; slug: string }

/** Measures an SLO again from its beginning, and with it every composite that was counted from it. */
export async function forgetMeasured(tx: Transaction, actor: Actor, slo: Named): Promise<void> {
  await forget(tx, slo.id)
  await recountOver(tx, actor, slo)
}

/** Counts the composites over an SLO again: its past has changed, or it has come back. */
export async function recountOver(tx: Transaction, actor: Actor, { id, service, slug }: Named): Promise<void> {
  const over = compositesOver(await compositeGraph(tx), `${service}/${slug}`)
  if (over.length === 0) return
  const composites = await tx.slo.findMany({
    where: { deletedAt: null, OR: over.map((key) => ({ service: { slug: key.split('/')[0] }, slug: key.split('/')[1] })) },
    select: { id: true },
  })
  for (const composite of composites) {
    await forget(tx, composite.id)
    await recordAudit(tx, actor, {
      action: 'slo.recount',
      entityType: 'slo',
      entityId: composite.id,
      after: { because: `its member ${service}/${slug}`, member: id },
    })
  }
}
