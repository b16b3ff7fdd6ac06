import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, type Transaction, transaction } from '../db/client'
import type { Decision } from '../release/vocabulary'
import { HOUR, type UnixSeconds } from '../time-series/units'
import { askedService, askIn, decisionFor } from './commands'
import { asJson, clock, evaluationOf, readRequest } from './commands-change'
import { followRequest } from './commands-follow'
import { answered, type Call, callOf, keepAnswer } from './commands-idempotency'
import type { ReleaseDecision } from './decision'
import { decidedStatus, type RequestStatus } from './lifecycle'
import { canAskForRelease, WHO_ASKS } from './policy'
import { STALE } from './rules'
import type { GateQuestion } from './schema'

/** What the gate answers. `go`: whether it may go out now; `person`: somebody has to say so. */
export type GateOutcome = 'go' | 'no' | 'person'
export type GateAnswer = {
  outcome: GateOutcome
  service: string
  version: string | null
  decision: ReleaseDecision
  /** the release request; null when only a question was asked */
  request: { id: number; status: RequestStatus; revision: number } | null
}

const OF_STATUS: Partial<Record<RequestStatus, GateOutcome>> = { approved: 'go', released: 'go', observed: 'go' }
const OVER: RequestStatus[] = ['refused', 'withdrawn', 'expired']

/** Where a request stands, for a pipeline. A wait for better days is a no: nobody knows how long. */
export const outcomeOf = (status: RequestStatus, decision: Decision | null): GateOutcome =>
  OF_STATUS[status] ?? (OVER.includes(status) || decision !== 'review' ? 'no' : 'person')

class Overtaken extends Error {}

/**
 * Asks whether a release may go out now. With a version it is a release request: an open one of the same service, version, type and
 * risk is gone on with, so a pipeline that runs again does not ask people twice. `key`: the same call is about the same request.
 */
export async function askGate(
  actor: Actor,
  question: GateQuestion,
  { key, body, now = clock() }: { key?: string | undefined; body?: unknown; now?: UnixSeconds } = {},
): Promise<{ answer: GateAnswer; replayed: boolean }> {
  authorize(canAskForRelease(actor), WHO_ASKS)
  const call = key === undefined ? null : callOf(actor, 'gate', key, body ?? question)
  const before = call && (await answered<GateAnswer>(call))
  if (before) return again(actor, question, before, now)
  try {
    return { answer: await answer(actor, question, call, now), replayed: false }
  } catch (error) {
    const theirs = error instanceof Overtaken && call ? await answered<GateAnswer>(call) : null
    if (!theirs) throw error
    return { answer: theirs, replayed: true }
  }
}

/** The same call: the same request, as it stands now. An answer that asked for nothing is as good as its numbers are fresh. */
async function again(actor: Actor, question: GateQuestion, before: GateAnswer, now: UnixSeconds) {
  if (before.request) {
    await followRequest(before.request.id, now)
    const request = await readRequest(before.request.id)
    return { answer: answerOf(before.service, request, evaluationOf(request) ?? before.decision, request, now), replayed: true }
  }
  if (now - before.decision.computedAt < STALE) return { answer: before, replayed: true }
  return { answer: await answer(actor, question, null, now), replayed: false }
}

async function answer(actor: Actor, question: GateQuestion, call: Call | null, now: UnixSeconds): Promise<GateAnswer> {
  const service = await askedService(question.service)
  const { slug } = service
  const { version } = question
  const open = version === undefined ? null : await openRequest(service.id, { ...question, version })
  if (open) await followRequest(open.id, now)
  const decision = await decisionFor(service, question, now)
  return keeping(call, async (tx) => {
    if (version === undefined) {
      await noteQuestion(tx, actor, { serviceId: service.id, question, decision }, now)
      return answerOf(slug, question, decision, null, now)
    }
    // Questions about one service come one after the other: two pipelines at once ask for one release.
    await tx.$queryRaw`SELECT 1 FROM service WHERE id = ${service.id} FOR NO KEY UPDATE`
    const known = await openRequest(service.id, { ...question, version }, tx)
    if (known) return answerOf(slug, known, evaluationOf(known) ?? decision, known, now)
    const asked = await askIn(tx, actor, { service, input: { ...question, version }, decision }, now)
    return answerOf(slug, question, decision, asked, now)
  })
}

/** What it is about; `version`: undefined when nothing is asked for. */
type About = { version?: string | undefined; plannedAt: UnixSeconds | null }

/** A yes for later is no yes now. */
function answerOf(
  service: string,
  { version, plannedAt }: About,
  decision: ReleaseDecision,
  request: GateAnswer['request'],
  now: UnixSeconds,
): GateAnswer {
  const status = request?.status ?? decidedStatus(decision.decision)
  const early = status === 'approved' && plannedAt !== null && now < plannedAt - HOUR
  return {
    outcome: early ? 'no' : outcomeOf(status, decision.decision),
    ...{ service, version: version ?? null, decision },
    request: request && { id: request.id, status: request.status, revision: request.revision },
  }
}

const keeping = (call: Call | null, work: (tx: Transaction) => Promise<GateAnswer>): Promise<GateAnswer> =>
  transaction(async (tx) => {
    const found = await work(tx)
    if (call && !(await keepAnswer(tx, call, found))) throw new Overtaken()
    return found
  })

type Asked = GateQuestion & { version: string }
const openRequest = (serviceId: number, { version, changeType, risk }: Asked, on: Pick<Transaction, 'releaseRequest'> = db()) =>
  on.releaseRequest.findFirst({
    where: { serviceId, version, changeType, risk, status: { in: ['decided', 'approved'] } },
    orderBy: { id: 'desc' },
    select: { id: true, status: true, revision: true, version: true, plannedAt: true, evaluation: true },
  })

type Question = { serviceId: number; question: GateQuestion; decision: ReleaseDecision }

async function noteQuestion(
  tx: Transaction,
  actor: Actor,
  { serviceId, question, decision }: Question,
  now: UnixSeconds,
): Promise<void> {
  const { changeType, risk } = question
  const told = { decision: decision.decision, evaluation: asJson(decision) }
  const { id } = await tx.gateAnswer.create({
    data: { serviceId, at: now, changeType, risk, ...told, askedBy: actorName(actor) },
  })
  const after = { changeType, risk, decision: decision.decision }
  await recordAudit(tx, actor, { action: 'gate.ask', entityType: 'gate_answer', entityId: id, after })
}
