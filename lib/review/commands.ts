import 'server-only'
import { type Actor, actorId, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import type { Transaction } from '../db/client'
import { HeadroomError } from '../errors'
import { dueDate, mustBeOwner } from '../incident/commands-action-item'
import { asJson, changing, clock, type Running } from './commands-change'
import { type Live, ticksSchema } from './live'
import { conducted } from './meeting'
import { serviceOf } from './minutes'
import { canRunReviews, WHO_RUNS } from './policy'
import type { ConductInput } from './schema'
import type { Snapshot } from './snapshot'
import { timerSchema } from './timer'

/**
 * Moves a meeting, or its clock. Keys of several people that were pressed on the same state are one: whoever comes second sees
 * what the first did, and nothing else happens.
 */
export async function conductReview(actor: Actor, { id, sequence, ...conduct }: ConductInput, now = clock()): Promise<Live> {
  authorize(canRunReviews(actor), WHO_RUNS)
  return changing(actor, id, async (tx, { review, snapshot }) => {
    if (review.sequence !== sequence) return null
    const before = { step: review.step, timer: timerSchema.parse(review.timer) }
    const after = conducted(before, snapshot.items, conduct, now)
    if (!after) return null
    const { count } = await tx.review.updateMany({
      where: { id, sequence, status: 'running' },
      data: { step: after.step, timer: asJson(after.timer), sequence: sequence + 1 },
    })
    if (count === 0) return null
    return { verb: conduct.verb, before: { step: before.step, sequence }, after: { step: after.step, sequence: sequence + 1 } }
  })
}

/** Writes down what was decided, beside the screen it was about. */
export async function captureDecision(
  actor: Actor,
  { id, item, text }: { id: number; item: string; text: string },
  now = clock(),
): Promise<Live> {
  authorize(canRunReviews(actor), WHO_RUNS)
  return changing(actor, id, async (tx, { snapshot }) => {
    const serviceId = serviceIdOf(snapshot, item)
    const { id: decision } = await tx.reviewDecision.create({
      data: { ...{ reviewId: id, item, serviceId, text, at: now }, authorId: actorId(actor), authorName: actorName(actor) },
    })
    return { verb: 'decision', after: { decision, item, text } }
  })
}

type NewAction = { id: number; item: string; title: string; owner: string | null; dueOn: string | null }

/** Gives something out to be done. */
export async function captureAction(actor: Actor, { id, item, title, owner, dueOn }: NewAction): Promise<Live> {
  authorize(canRunReviews(actor), WHO_RUNS)
  return changing(actor, id, async (tx, { snapshot }) => {
    await mustBeOwner(tx, owner)
    const data = {
      ...{ reviewId: id, item, title, ownerId: owner, serviceId: serviceIdOf(snapshot, item) },
      dueOn: dueDate(dueOn),
    }
    const { id: action } = await tx.actionItem.create({ data })
    return { verb: 'action', after: { action, item, title, owner, dueOn } }
  })
}

/** The service that an item is about; the screens of several services are about none of them. Refuses what is not on the agenda. */
function serviceIdOf(snapshot: Snapshot, item: string): number | null {
  if (!snapshot.items.some(({ key }) => key === item))
    throw new HeadroomError('INVALID_INPUT', 'This item is not on the agenda.', [
      { path: 'item', message: 'It is not on the agenda.' },
    ])
  const slug = serviceOf(snapshot, item)
  return snapshot.services.find((service) => service.slug === slug)?.id ?? null
}

type TakeBack = { id: number; kind: 'decision' | 'action'; captured: number }

/** Removes what this meeting wrote down by mistake; the audit log keeps it. */
export async function takeBackCaptured(actor: Actor, { id, kind, captured }: TakeBack): Promise<Live> {
  authorize(canRunReviews(actor), WHO_RUNS)
  return changing(actor, id, async (tx) => {
    const found =
      kind === 'decision'
        ? await tx.reviewDecision.findFirst({ where: { id: captured, reviewId: id }, select: { text: true } })
        : await tx.actionItem.findFirst({ where: { id: captured, reviewId: id }, select: { title: true } })
    if (!found) return null
    if (kind === 'decision') await tx.reviewDecision.delete({ where: { id: captured } })
    else await tx.actionItem.delete({ where: { id: captured } })
    return { verb: 'take-back', before: { [kind]: captured, ...found } }
  })
}

/** Ticks a line of the checklist, or takes the tick back. Doing either twice changes nothing. */
export async function tickChecklist(
  actor: Actor,
  { id, line, done }: { id: number; line: number; done: boolean },
  now = clock(),
): Promise<Live> {
  authorize(canRunReviews(actor), WHO_RUNS)
  return changing(actor, id, (tx, running) => ticked(tx, running, { line, done, by: actorName(actor), now }))
}

type Ticking = { line: number; done: boolean; by: string; now: number }
async function ticked(tx: Transaction, { review, snapshot }: Running, { line, done, by, now }: Ticking) {
  if (line >= snapshot.checklist.length)
    throw new HeadroomError('INVALID_INPUT', `The checklist has ${snapshot.checklist.length} lines.`)
  const ticks = ticksSchema.parse(review.ticks)
  if (ticks.some((tick) => tick.line === line) === done) return null
  const next = done ? [...ticks, { line, by, at: now }] : ticks.filter((tick) => tick.line !== line)
  await tx.review.update({ where: { id: review.id }, data: { ticks: asJson(next) } })
  return { verb: done ? 'tick' : 'untick', after: { line, text: snapshot.checklist[line] } }
}
