import type pg from 'pg'
import { db, type Transaction, transaction } from '../db/client'
import { instantText } from '../format-time'
import { log } from '../log'
import { isWorse } from '../release/vocabulary'
import { isWorseState, type JudgedState, worseOf } from '../slo/state'
import { DAY, type UnixSeconds } from '../time-series/units'
import { asJson, evaluationOf, locked, readRequest, type StoredRequest, saved } from './commands-change'
import { decisionNow, putDecision } from './commands-decide'
import { endWaivers } from './commands-end-waivers'
import { observeReleases } from './commands-observe'
import { tellOfRequest } from './commands-tell'
import type { ReleaseDecision } from './decision'
import { moved } from './lifecycle'
import { STALE } from './rules'
import { plain } from './words'

/** Decisions live: they are looked at every minute, and say so when they change or end. */

const SYSTEM = { type: 'system', job: 'poller' } as const
/** It was asked for this long ago, or planned for so long ago. */
const FORGOTTEN = 14 * DAY

export type Followed = { decided: number; expired: number; waivers: number; observed: number }

/**
 * One pass: ends waivers, decides anew what changed, ends approvals that do not hold, and says what releases have cost. What cannot
 * be read is said and passed over: one row never holds up the others.
 */
export async function followReleases(pool: pg.Pool, now: UnixSeconds, service?: number): Promise<Followed> {
  const followed = { decided: 0, expired: 0, waivers: await endWaivers(pool, now), observed: 0 }
  const open = await db().releaseRequest.findMany({
    where: { status: { in: ['decided', 'approved'] }, ...(service !== undefined && { serviceId: service }) },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  for (const { id } of open) {
    const outcome = await followRequest(id, now, { patient: true }).catch((error: unknown) => {
      log.error({ err: error, request: id }, 'a release request could not be followed')
      return null
    })
    if (outcome) followed[outcome] += 1
  }
  followed.observed = await observeReleases(pool, now)
  return followed
}

/**
 * Brings one open request up to date. `patient`: nothing is ended only because evaluations are old, as they are after a pause of
 * the poller until every shard has caught up; whoever asks now is answered by what is known now.
 */
export async function followRequest(
  id: number,
  now: UnixSeconds,
  { patient = false }: { patient?: boolean } = {},
): Promise<'decided' | 'expired' | null> {
  const read = await readRequest(id)
  const before = evaluationOf(read)
  if (!before || (read.status !== 'decided' && read.status !== 'approved')) return null
  const fresh = await decisionNow(read, now, { ease: false })
  if (patient && isStale(fresh) && now < (read.validUntil ?? now)) return null
  const end = endOf(read, before, fresh, now)
  const again = end === null ? whyAgain(read, before, fresh) : null
  const old = now >= (read.validUntil ?? now)
  if (end === null && again === null && !old) return null
  const whole = end === null ? await decisionNow(read, now) : fresh
  return transaction(async (tx) => {
    const request = await locked(tx, id)
    if (request.revision !== read.revision) return null
    if (end !== null) return expire(tx, request, end, now)
    if (again === null) return refresh(tx, request, whole)
    await putDecision(tx, SYSTEM, request, whole, `${again} `)
    return 'decided'
  })
}

const isStale = ({ dataAt, computedAt }: ReleaseDecision): boolean => dataAt !== null && computedAt - dataAt > STALE

/** The same answer with newer numbers: what was said about it stands, and nobody needs to hear of it. */
async function refresh(tx: Transaction, { id, revision }: StoredRequest, decision: ReleaseDecision): Promise<null> {
  const data = { evaluation: asJson(decision), decision: decision.decision, validUntil: decision.validUntil }
  await tx.releaseRequest.updateMany({ where: { id, revision }, data })
  return null
}

const worst = ({ slos }: ReleaseDecision): JudgedState =>
  slos.reduce<JudgedState>((so, { judged }) => worseOf(so, judged), 'healthy')

/** Why a request is over without anybody's doing; `null` when it is not. */
export function endOf(
  request: Pick<StoredRequest, 'status' | 'validUntil' | 'requestedAt' | 'plannedAt'>,
  before: ReleaseDecision,
  fresh: ReleaseDecision,
  now: UnixSeconds,
): string | null {
  const wanted = Math.max(request.requestedAt, request.plannedAt ?? 0)
  if (now - wanted > FORGOTTEN) return 'Nothing came of it within two weeks.'
  if (request.status === 'decided') return null
  if (fresh.decision === 'approve') return null
  if (isWorseState(worst(fresh), worst(before)))
    return `The state went from ${worst(before)} to ${worst(fresh)}. ${plain(fresh.rationale[0] ?? '')}`
  if (isWorse(fresh.decision, before.decision))
    return `The decision would be ${fresh.decision} now. ${plain(fresh.rationale[0] ?? '')}`
  return now >= (request.validUntil ?? now) ? `It was valid until ${instantText(request.validUntil ?? now, now)} UTC.` : null
}

/** Why a request is decided anew, so that whoever has to act hears of it; `null` when the answer is the same. */
export function whyAgain(request: Pick<StoredRequest, 'status'>, before: ReleaseDecision, fresh: ReleaseDecision): string | null {
  if (request.status === 'approved') return null
  if (fresh.decision !== before.decision)
    return isWorse(fresh.decision, before.decision) ? 'Things got worse.' : 'Things got better.'
  return fresh.decision === 'review' && isWorseState(worst(fresh), worst(before)) ? 'Things got worse.' : null
}

async function expire(tx: Transaction, request: StoredRequest, reason: string, now: UnixSeconds): Promise<'expired' | null> {
  const status = moved({ status: request.status, decision: request.decision, approvers: [], approvals: [] }, 'expire')
  if (status === null) return null
  const what = request.status === 'approved' ? 'The approval has ended.' : 'The request has ended.'
  const text = `${what} ${reason}`
  const revision = await saved(tx, SYSTEM, request, {
    data: { status, endedAt: now, endReason: reason },
    verb: 'expired',
    at: now,
    text,
  })
  await tellOfRequest(tx, {
    request,
    event: 'release.ended',
    at: now,
    revision,
    words: [text, 'Ask again to have it decided by today’s numbers.'],
  })
  return 'expired'
}
