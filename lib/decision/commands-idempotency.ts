import 'server-only'
import { createHash } from 'node:crypto'
import { type Actor, actorId } from '../auth/actor'
import { db, type Transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import { DAY, type UnixSeconds } from '../time-series/units'

/** What was answered to questions that asked for nothing is kept as long as releases are looked back at. */
const ANSWERS_KEPT = 90 * DAY
/** A call that may be repeated has one answer (draft-ietf-httpapi-idempotency-key-header): kept for a week. */
const KEPT = 7 * DAY

/** Two writings of the same JSON are the same body. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, sorted(inner)]),
        )
      : value

export type Call = { actor: Actor; scope: string; key: string; bodyHash: string }

export const callOf = (actor: Actor, scope: string, key: string, body: unknown): Call => ({
  ...{ actor, scope, key },
  bodyHash: createHash('sha256')
    .update(JSON.stringify(sorted(body)))
    .digest('hex'),
})

const where = ({ actor, scope, key }: Call) => ({ actorId_scope_key: { actorId: actorId(actor), scope, key } })

/** What was answered to this call before; `null` when it is new. The same key with another body is refused. */
export async function answered<T>(call: Call): Promise<T | null> {
  const found = await db().idempotencyKey.findUnique({ where: where(call) })
  if (!found) return null
  if (found.bodyHash === call.bodyHash) return found.answer as T
  throw new HeadroomError(
    'MISMATCH',
    `The Idempotency-Key “${call.key}” was used for another question. Use a new key, or send the same body.`,
  )
}

/**
 * Writes the answer down, in the transaction that gave rise to it. `false`: somebody else answered the same call at the same time;
 * the transaction has to be given up, and theirs is the answer.
 */
export async function keepAnswer(tx: Transaction, { actor, scope, key, bodyHash }: Call, answer: unknown): Promise<boolean> {
  const data = { actorId: actorId(actor), scope, key, bodyHash, answer: answer as Prisma.InputJsonValue }
  const { count } = await tx.idempotencyKey.createMany({ data: [data], skipDuplicates: true })
  return count === 1
}

export async function pruneAnswers(now: UnixSeconds): Promise<number> {
  const { count } = await db().idempotencyKey.deleteMany({ where: { createdAt: { lt: new Date((now - KEPT) * 1000) } } })
  const questions = await db().gateAnswer.deleteMany({ where: { at: { lt: now - ANSWERS_KEPT } } })
  return count + questions.count
}
