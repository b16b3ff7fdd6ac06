import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { personBehind } from '../correction/policy'
import { HeadroomError } from '../errors'
import { asJson, changing, clock, mustBe, next, progressOf, type StoredRequest, saved } from './commands-change'
import { tellOfRequest } from './commands-tell'
import { type Condition, conditionText } from './condition'
import { missingApprovers, partOf, type RequestStatus } from './lifecycle'
import { canAskForRelease, canDecideReleases, ownProblem, WHO_ASKS, WHO_DECIDES } from './policy'
import { APPROVER_WORDS, joined } from './words'

/** What people say about a request. */

type Said = { id: number; status: RequestStatus; revision: number }
type Verdict = { id: number; revision: number; verdict: 'approve' | 'refuse'; note: string; conditions: Condition[] }

/** Approves in the part that is missing, with conditions, or refuses. Never one's own. */
export async function sayVerdict(
  actor: Actor,
  { id, revision, verdict, note, conditions }: Verdict,
  now = clock(),
): Promise<Said> {
  authorize(canDecideReleases(actor), WHO_DECIDES)
  return changing(id, async (tx, request) => {
    mustBe(request, revision)
    const person = mustBeAnother(actor, request)
    const progress = progressOf(request)
    const approves = verdict === 'approve'
    const missing = missingApprovers(progress)
    const role = partOf(
      actor,
      approves ? missing : progress.approvers.length > 0 ? progress.approvers : ['product_owner', 'slo_owner'],
    )
    if (progress.approvals.some(({ personId }) => personId === person))
      throw new HeadroomError('CONFLICT', 'You have decided about this request already. Take that back first.')
    if (approves && request.status === 'decided' && request.decision === 'review' && !role)
      throw new HeadroomError(
        'FORBIDDEN',
        `What is missing is the word of the ${joined(missing.map((one) => APPROVER_WORDS[one]))}.`,
      )
    const status = next(request, verdict, role ? { by: role } : {})
    if (!role) throw new HeadroomError('FORBIDDEN', WHO_DECIDES)
    if (approves && now >= (request.validUntil ?? now))
      throw new HeadroomError('CONFLICT', 'This decision is not valid any more. Have it decided anew, then look again.')
    await tx.releaseApproval.create({
      data: { requestId: id, role, personId: person, personName: actorName(actor), approves, note, at: now },
    })
    await tx.releaseCondition.createMany({
      data: (approves ? conditions : []).map((condition) => ({
        requestId: id,
        condition: asJson(condition),
        setBy: actorName(actor),
      })),
    })
    const words = wordsOf({ approves, role: APPROVER_WORDS[role], note, conditions })
    const ended = status === 'refused' ? { endedAt: now, endReason: `Refused by ${actorName(actor)}: ${note}` } : {}
    const saying = {
      data: { status, ...ended },
      verb: approves ? 'approved' : 'refused',
      at: now,
      text: words.join(' '),
      detail: { role, note, conditions },
    }
    const after = await saved(tx, actor, request, saying)
    const event = approves ? 'release.approved' : 'release.refused'
    if (status !== 'decided')
      await tellOfRequest(tx, { request, event, at: now, revision: after, words: [`${actorName(actor)}, ${words.join(' ')}`] })
    return { id, status, revision: after }
  })
}

function wordsOf({
  approves,
  role,
  note,
  conditions,
}: {
  approves: boolean
  role: string
  note: string
  conditions: Condition[]
}): string[] {
  const said = approves ? `as ${role}: approved${conditions.length > 0 ? ' on conditions' : ''}.` : `as ${role}: refused.`
  return [said, ...(approves ? conditions.map((one) => `${conditionText(one)}.`) : []), ...(note === '' ? [] : [note])]
}

function mustBeAnother(actor: Actor, { requestedBy }: StoredRequest): string {
  const problem = ownProblem(actor, requestedBy, 'release')
  const person = personBehind(actor)
  if (problem !== null || person === null) throw new HeadroomError('FORBIDDEN', problem ?? '')
  return person
}

/** Takes one's own approval back, as long as the release has not started. */
export async function takeBack(
  actor: Actor,
  { id, revision, note }: { id: number; revision: number; note: string },
  now = clock(),
): Promise<Said> {
  authorize(canDecideReleases(actor), WHO_DECIDES)
  return changing(id, async (tx, request) => {
    mustBe(request, revision)
    const status = next(request, 'take_back')
    const mine = request.approvals.find(({ personId }) => personId === personBehind(actor))
    if (!mine) throw new HeadroomError('FORBIDDEN', 'Only whoever gave an approval takes it back.')
    await tx.releaseApproval.update({ where: { id: mine.id }, data: { voidSince: now } })
    await tx.releaseCondition.deleteMany({ where: { requestId: id, setBy: mine.personName } })
    const text = `Approval taken back.${note === '' ? '' : ` ${note}`}`
    const after = await saved(tx, actor, request, { data: { status }, verb: 'taken_back', at: now, text })
    const words = [`${actorName(actor)} took the approval back. ${note}`.trim()]
    if (request.status === 'approved')
      await tellOfRequest(tx, { request, event: 'release.ended', at: now, revision: after, words })
    return { id, status, revision: after }
  })
}

/** Whoever asked does not want it any more. */
export async function withdrawRequest(
  actor: Actor,
  { id, revision, note }: { id: number; revision: number; note: string },
  now = clock(),
): Promise<Said> {
  authorize(canAskForRelease(actor), WHO_ASKS)
  return changing(id, async (tx, request) => {
    mustBe(request, revision)
    mustBeTheirs(actor, request)
    const status = next(request, 'withdraw')
    const data = { status, endedAt: now, endReason: note || 'Withdrawn' }
    const text = `Withdrawn.${note === '' ? '' : ` ${note}`}`
    return { id, status, revision: await saved(tx, actor, request, { data, verb: 'withdrawn', at: now, text }) }
  })
}

function mustBeTheirs(actor: Actor, { requestedBy, requestedByName }: StoredRequest): void {
  const admin = actor.type !== 'system' && actor.role === 'administrator'
  if (admin || requestedBy === null || personBehind(actor) === requestedBy) return
  throw new HeadroomError('FORBIDDEN', `${requestedByName} asked for it. Only they, or an administrator, withdraw it.`)
}

/** Ticks a condition off, or takes the tick back. */
export async function tickCondition(
  actor: Actor,
  { id, condition, done }: { id: number; condition: number; done: boolean },
  now = clock(),
): Promise<{ id: number; condition: number; done: boolean }> {
  authorize(canAskForRelease(actor) && actor.type !== 'system', WHO_ASKS)
  return changing(id, async (tx, request) => {
    if (request.status !== 'approved' && request.status !== 'decided' && request.status !== 'released')
      throw new HeadroomError('CONFLICT', 'Conditions are ticked off between the approval and the end of the first day.')
    const data = done ? { doneAt: now, doneBy: actorName(actor) } : { doneAt: null, doneBy: null }
    const { count } = await tx.releaseCondition.updateMany({
      where: { id: condition, requestId: id, doneAt: done ? null : { not: null } },
      data,
    })
    const found = await tx.releaseCondition.findFirst({ where: { id: condition, requestId: id } })
    if (!found) throw new HeadroomError('NOT_FOUND', 'This condition is not there any more. Read the request again.')
    if (count > 0) {
      const text = `${done ? 'Kept' : 'Not kept yet'}: ${conditionText(found.condition as Condition)}`
      await tx.releaseEvent.create({
        data: { requestId: id, at: now, kind: 'condition', text, authorId: personBehind(actor), authorName: actorName(actor) },
      })
      const audit = {
        action: 'release_request.condition',
        entityType: 'release_request',
        entityId: id,
        after: { condition, done },
      }
      await recordAudit(tx, actor, audit)
    }
    return { id, condition, done }
  })
}
