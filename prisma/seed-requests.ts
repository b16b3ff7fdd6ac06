import { recordAudit } from '../lib/audit/commands'
import { db, pool, type Transaction, transaction } from '../lib/db/client'
import type { Prisma } from '../lib/db/generated/client'
import { conditionText } from '../lib/decision/condition'
import { decide } from '../lib/decision/decide'
import type { DecisionInput } from '../lib/decision/decision'
import { decidedStatus } from '../lib/decision/lifecycle'
import { inputFor } from '../lib/decision/reads-input'
import { APPROVER_WORDS, plain } from '../lib/decision/words'
import { type DemoRequest, REQUESTS } from '../lib/demo/decisions'
import { WAIVERS } from '../lib/demo/waivers'
import { SHARDS } from '../lib/measurement/shards'
import { measureCosts } from '../lib/release/commands-cost'
import { ceilTo, floorTo, HOUR, MINUTE, type UnixSeconds } from '../lib/time-series/units'

type Person = { id: string; name: string }
type Known = {
  now: UnixSeconds
  people: Map<string, Person>
  services: Map<string, { id: number; slug: string; name: string; tier: string }>
}
const asJson = (value: unknown) => value as Prisma.InputJsonValue
const SEED = { action: 'demo.seed', entityType: 'release_request', entityId: 'open' }

/**
 * What is asked for in the demo, decided by the budgets as they are: so this waits until the history is read. Made once. Nobody is
 * notified: people of the demo have nothing to catch up with.
 */
export async function seedRequests(now: UnixSeconds): Promise<void> {
  for (let shard = 0; shard < SHARDS; shard += 1) await measureCosts(pool(), shard, now)
  if (await db().auditEntry.findFirst({ where: SEED })) return
  const known: Known = {
    now,
    people: new Map((await db().user.findMany()).map(({ email, id, name }) => [email, { id, name }])),
    services: new Map((await db().service.findMany()).map((service) => [service.slug, service])),
  }
  // Waivers first: what they open is decided by them.
  await transaction(async (tx) => {
    if ((await tx.waiver.count()) === 0) await writeWaivers(tx, known, false)
  })
  const inputs = new Map<DemoRequest, DecisionInput>()
  for (const told of REQUESTS) {
    const service = known.services.get(told.service)
    const change = { type: told.changeType, risk: told.risk, plannedAt: plannedOf(told, now) }
    if (service) inputs.set(told, await inputFor(pool(), { service, change, request: null }, now))
  }
  await transaction(async (tx) => {
    for (const [told, input] of inputs) await writeRequest(tx, told, input, known)
    await writeWaivers(tx, known, true)
    await recordAudit(tx, { type: 'system', job: 'seed' }, { ...SEED, after: { made: REQUESTS.length + WAIVERS.length } })
  })
}

const plannedOf = ({ plannedIn }: DemoRequest, now: UnixSeconds): UnixSeconds | null =>
  plannedIn === null ? null : ceilTo(now + plannedIn, HOUR / 2)

async function writeRequest(
  tx: Transaction,
  told: DemoRequest,
  input: DecisionInput,
  { now, people, services }: Known,
): Promise<void> {
  const service = services.get(told.service)
  const author = people.get(told.by)
  if (!service || !author) return
  const { version, changeType, risk, description, rollbackPlan, links = [], said = [], conditions = [], ends } = told
  const asked = floorTo(now - told.before, MINUTE)
  const plannedAt = plannedOf(told, now)
  const decision = decide(ends ? { ...input, now: asked, slos: input.slos.map((slo) => ({ ...slo, ts: asked })) } : input)
  const draft = ends?.status === 'draft'
  const approved = said.length > 0 && decision.approvers.every((role) => said.some((one) => one.role === role && one.approves))
  const status = ends?.status ?? (approved && decision.decision === 'review' ? 'approved' : decidedStatus(decision.decision))
  const speaker = (email: string) => people.get(email) ?? author
  await tx.releaseRequest.create({
    data: {
      ...{ serviceId: service.id, version, changeType, risk, description, rollbackPlan, links, plannedAt, status },
      ...{ requestedBy: author.id, requestedByName: author.name, requestedAt: asked, revision: 2 + said.length },
      ...(!draft && {
        decision: decision.decision,
        evaluation: asJson(decision),
        decidedAt: decision.computedAt,
        validUntil: decision.validUntil,
      }),
      ...(ends && !draft && { endReason: ends.reason, endedAt: asked + ends.after }),
      approvals: {
        create: said.map(({ by, role, approves, note, after }) => ({
          ...{ role, approves, note, at: asked + after, personId: speaker(by).id, personName: speaker(by).name },
        })),
      },
      conditions: {
        create: conditions.map(({ condition, kept }) => ({
          ...{ condition: asJson(condition), setBy: speaker(said[0]?.by ?? told.by).name },
          ...(kept && { doneAt: now - 20 * MINUTE, doneBy: author.name }),
        })),
      },
      events: {
        create: [
          {
            at: asked,
            kind: 'asked',
            text: draft ? 'Written as a draft' : 'Asked for',
            authorId: author.id,
            authorName: author.name,
          },
          ...(draft ? [] : [{ at: asked, kind: 'decided', text: plain(decision.rationale[0] ?? ''), authorName: 'Headroom' }]),
          ...said.map(({ by, role, approves, note, after }) => ({
            ...{
              at: asked + after,
              kind: approves ? 'approved' : 'refused',
              authorId: speaker(by).id,
              authorName: speaker(by).name,
            },
            text: [
              `as ${APPROVER_WORDS[role]}: ${approves ? 'approved.' : 'refused.'}`,
              ...(approves ? conditions.map(({ condition }) => `${conditionText(condition as never)}.`) : []),
              note,
            ]
              .join(' ')
              .trim(),
          })),
          ...(ends && ends.status !== 'draft' && ends.status !== 'refused'
            ? [
                {
                  at: asked + ends.after,
                  kind: ends.status,
                  text: ends.reason,
                  authorName: ends.status === 'expired' ? 'Headroom' : author.name,
                },
              ]
            : []),
        ],
      },
    },
  })
}

async function writeWaivers(tx: Transaction, { now, people, services }: Known, forRequest: boolean): Promise<void> {
  for (const told of WAIVERS.filter((one) => (one.forRequest ?? false) === forRequest)) {
    const service = services.get(told.service)
    const author = people.get(told.by)
    if (!service || !author) continue
    const asked = floorTo(now - told.before, MINUTE)
    const active = told.signed.length > 1 ? asked + Math.max(...told.signed.map(({ after }) => after)) : null
    const request = forRequest
      ? await tx.releaseRequest.findFirst({ where: { serviceId: service.id, status: 'decided' }, orderBy: { id: 'desc' } })
      : null
    const { reason, budgetLimit, ended } = told
    await tx.waiver.create({
      data: {
        ...{
          serviceId: service.id,
          requestId: request?.id ?? null,
          reason,
          budgetLimit,
          untilTs: ceilTo(asked + told.lasts, HOUR),
        },
        ...{ askedBy: author.id, askedByName: author.name, askedAt: asked, activeFrom: active, revision: 1 + told.signed.length },
        status: ended ? 'ended' : active === null ? 'asked' : 'active',
        ...(ended && { endedAt: asked + ended.after, endReason: ended.why, spent: ended.spent }),
        ...(ended?.reviewed && { reviewedAt: asked + ended.after + 2 * 24 * HOUR }),
        signatures: {
          create: told.signed.flatMap(({ by, role, after, note }) => {
            const person = people.get(by)
            return person ? [{ personId: person.id, personName: person.name, role, grants: true, note, at: asked + after }] : []
          }),
        },
      },
    })
  }
}
