import 'server-only'
import { recordAudit } from '../audit/commands'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, type Transaction, transaction } from '../db/client'
import type { Decision } from '../release/vocabulary'
import type { UnixSeconds } from '../time-series/units'
import { askedService, askIn, decisionFor } from './commands'
import { asJson, clock } from './commands-change'
import { answered, type Call, callOf, keepAnswer } from './commands-idempotency'
import type { ReleaseDecision } from './decision'
import type { RequestStatus } from './lifecycle'
import { canAskForRelease, WHO_ASKS } from './policy'
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
 * risk is gone on with, so a pipeline that runs again does not ask people twice. `key`: the same call has the same answer.
 */
export async function askGate(
  actor: Actor,
  question: GateQuestion,
  { key, body, now = clock() }: { key?: string | undefined; body?: unknown; now?: UnixSeconds } = {},
): Promise<{ answer: GateAnswer; replayed: boolean }> {
  authorize(canAskForRelease(actor), WHO_ASKS)
  const call = key === undefined ? null : callOf(actor, 'gate', key, body ?? question)
  const before = call && (await answered<GateAnswer>(call))
  if (before) return { answer: before, replayed: true }
  try {
    return { answer: await answer(actor, question, call, now), replayed: false }
  } catch (error) {
    const theirs = error instanceof Overtaken && call ? await answered<GateAnswer>(call) : null
    if (!theirs) throw error
    return { answer: theirs, replayed: true }
  }
}

async function answer(actor: Actor, question: GateQuestion, call: Call | null, now: UnixSeconds): Promise<GateAnswer> {
  const service = await askedService(question.service)
  const open = question.version === undefined ? null : await openRequest(service.id, { ...question, version: question.version })
  if (open) return keeping(call, async () => answerOf(service.slug, question, open.evaluation as ReleaseDecision, open))
  const decision = await decisionFor(service, question, now)
  return keeping(call, async (tx) => {
    const { version } = question
    // Questions about one service come one after the other: two pipelines at once ask for one release.
    await tx.$queryRaw`SELECT 1 FROM service WHERE id = ${service.id} FOR NO KEY UPDATE`
    const meanwhile = version === undefined ? null : await openRequest(service.id, { ...question, version }, tx)
    if (meanwhile) return answerOf(service.slug, question, meanwhile.evaluation as ReleaseDecision, meanwhile)
    if (version === undefined) {
      await noteQuestion(tx, actor, { serviceId: service.id, question, decision }, now)
      return answerOf(service.slug, question, decision, null)
    }
    const asked = await askIn(tx, actor, { service, input: { ...question, version }, decision }, now)
    return answerOf(service.slug, question, decision, asked)
  })
}

const answerOf = (
  service: string,
  { version }: GateQuestion,
  decision: ReleaseDecision,
  request: GateAnswer['request'],
): GateAnswer => ({
  outcome: outcomeOf(request?.status ?? (decision.decision === 'approve' ? 'approved' : 'decided'), decision.decision),
  ...{ service, version: version ?? null, decision },
  request: request && { id: request.id, status: request.status, revision: request.revision },
})

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
    select: { id: true, status: true, revision: true, evaluation: true },
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
