import { recordAudit } from '../lib/audit/commands'
import { db, type Transaction, transaction } from '../lib/db/client'
import type { Prisma } from '../lib/db/generated/client'
import { type DemoReview, REVIEWS } from '../lib/demo/reviews'
import { partsOf } from '../lib/format-time'
import { agendaOf } from '../lib/review/agenda'
import type { Live } from '../lib/review/live'
import { minutesOf } from '../lib/review/minutes'
import { type CycleRow, storedCycle } from '../lib/review/reads-scope'
import { takeSnapshot } from '../lib/review/reads-snapshot'
import { ruleFor } from '../lib/review/recurrence'
import { DEFAULT_CHECKLIST } from '../lib/review/schema'
import type { FrozenSlo, Snapshot } from '../lib/review/snapshot'
import { pausedTimer, startedTimer } from '../lib/review/timer'
import type { SloState } from '../lib/slo/state'
import { DAY, floorTo, HOUR, MINUTE, type UnixSeconds } from '../lib/time-series/units'

type Person = { id: string; name: string }
const SYSTEM = { type: 'system', job: 'seed' } as const
const SEED = { action: 'demo.seed', entityType: 'review', entityId: 'all' }
const asJson = (value: unknown) => value as Prisma.InputJsonValue

/** Cycles of the demo with what was held and skipped. Waits until the history is read: minutes tell of counted budgets. Made once. */
export async function seedReviews(now: UnixSeconds): Promise<void> {
  if (await db().auditEntry.findFirst({ where: SEED })) return
  const people = new Map((await db().user.findMany()).map(({ email, id, name }) => [email, { id, name }]))
  for (const told of REVIEWS) {
    const cycle = await cycleOf(told, now)
    if (told.held) await hold(cycle, told, { now, people })
    if (told.skipped) await skip(cycle, told, { now, people })
  }
  await transaction((tx) => recordAudit(tx, SYSTEM, { ...SEED, after: { made: REVIEWS.length } }))
}

async function cycleOf({ name, scope, rrule, first, timeZone }: DemoReview, now: UnixSeconds): Promise<CycleRow> {
  const [kind, slug = ''] = scope.split(':')
  const startsAt = localText(occurrenceOf(now, first), timeZone)
  const of =
    kind === 'team'
      ? { teamId: (await db().team.findUniqueOrThrow({ where: { slug } })).id }
      : { serviceId: (await db().service.findUniqueOrThrow({ where: { slug } })).id }
  const { id } = await db().reviewCycle.create({
    data: { ...of, name, timeZone, startsAt, rrule: ruleFor(rrule, startsAt.slice(0, 10)), checklist: DEFAULT_CHECKLIST },
  })
  return storedCycle(id)
}

/** Meetings begin on the half hour. */
const occurrenceOf = (now: UnixSeconds, before: number): UnixSeconds => floorTo(now - before, HOUR / 2)

function localText(at: UnixSeconds, zone: string): string {
  const { year, month, day, clock } = partsOf(at, zone)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}T${clock}`
}

type Known = { now: UnixSeconds; people: Map<string, Person> }

async function hold(cycle: CycleRow, { held }: DemoReview, { now, people }: Known): Promise<void> {
  const by = people.get(held?.by ?? '')
  if (!held || !by) return
  const occurrence = occurrenceOf(now, held.before)
  const began = occurrence + 2 * MINUTE
  const ended = began + 27 * MINUTE
  const snapshot = asItWas(await takeSnapshot(SYSTEM, cycle, { occurrence, next: occurrence + 7 * DAY }, now), began)
  const itemOf = (service: string): string =>
    snapshot.items.find(({ id }) => snapshot.slos.some((slo) => slo.id === id && slo.service.slug === service))?.key ?? 'close'
  const timer = pausedTimer({ ...startedTimer(began), spent: spentOn(snapshot) }, ended)
  await transaction(async (tx) => {
    const { id } = await tx.review.create({
      data: {
        ...{
          cycleId: cycle.id,
          occurrence,
          status: 'running',
          startedAt: began,
          snapshot: asJson(snapshot),
          timer: asJson(timer),
        },
        ...{ facilitatorId: by.id, facilitatorName: by.name, step: snapshot.items.length - 1 },
      },
    })
    const said = held.decisions.map(({ service, text }, i) => ({
      ...{ id: i + 1, item: itemOf(service), text, by: by.name, at: began + (9 + i) * MINUTE },
      service: snapshot.services.find(({ slug }) => slug === service)?.id ?? null,
    }))
    await tx.reviewDecision.createMany({
      data: said.map(({ item, text, at, service }) => ({
        ...{ reviewId: id, serviceId: service, item, text, at, authorId: by.id, authorName: by.name },
      })),
    })
    const actions: Live['actions'] = []
    for (const { title, service, owner, due, done } of held.actions) {
      const person = people.get(owner ?? '') ?? null
      const dueOn = new Date((now + due) * 1000).toISOString().slice(0, 10)
      const row = await tx.actionItem.create({
        data: {
          ...{ title, reviewId: id, item: itemOf(service), ownerId: person?.id ?? null, dueOn: new Date(`${dueOn}T00:00:00Z`) },
          serviceId: snapshot.services.find(({ slug }) => slug === service)?.id ?? null,
          ...{ doneAt: done ? now - 2 * DAY : null, createdAt: new Date(ended * 1000) },
        },
      })
      actions.push({ ...{ id: row.id, version: 1, item: itemOf(service), title, owner: person, dueOn, at: ended } })
    }
    const ticks = DEFAULT_CHECKLIST.map((_, line) => ({ line, by: by.name, at: ended - MINUTE })).slice(0, 4)
    const minutes = minutesOf(
      snapshot,
      {
        ...{ id, revision: 1, sequence: 1, status: 'running', step: snapshot.items.length - 1, timer, facilitator: by.name },
        ...{ ticks, decisions: said, actions, done: [], now: ended },
      },
      ended,
    )
    await tx.review.update({
      where: { id },
      data: { status: 'closed', endedAt: ended, minutes: asJson(minutes), ticks: asJson(ticks) },
    })
    await audited(tx, 'review.close', id, by)
  })
}

/** Nine minutes on budgets, eight on incidents, the rest on decisions. */
function spentOn({ items }: Snapshot): Record<string, number> {
  const spent: Record<string, number> = {}
  const lengths = { performance: 11 * MINUTE, incidents: 8 * MINUTE, decisions: 0 }
  for (const part of ['performance', 'incidents'] as const) {
    const here = items.filter((item) => item.part === part)
    for (const { key } of here) spent[key] = Math.floor(lengths[part] / here.length)
  }
  return spent
}

/** What a meeting saw a while ago: budgets as the counters say they stood, and nothing that came later. */
function asItWas(snapshot: Snapshot, at: UnixSeconds): Snapshot {
  const since = at - 7 * DAY
  const slos = snapshot.slos.map(
    (slo): FrozenSlo => ({
      ...slo,
      ...{ remaining: slo.remainingThen, state: stateOf(slo.remainingThen), before: null, remainingThen: null, alert: null },
      ...{ since: Math.min(slo.since, at - DAY), outlook: { kind: 'lasts', floor: null, periodEnd: null } },
    }),
  )
  const incidents = snapshot.incidents
    .filter(({ startedAt }) => startedAt < at)
    .map((one) => ({ ...one, status: 'resolved' as const }))
  const facts = { slos, incidents, actions: [], requests: [], waivers: [] }
  return {
    ...{ ...snapshot, ...facts, asOf: floorTo(at, MINUTE), takenAt: at, since, evidence: {} },
    items: agendaOf({ ...facts, since, now: at }),
  }
}

const stateOf = (left: number | null): SloState =>
  left === null ? 'no-data' : left < 0 ? 'exhausted' : left < 0.1 ? 'critical' : left < 0.25 ? 'warning' : 'healthy'

async function skip(cycle: CycleRow, { skipped }: DemoReview, { now, people }: Known): Promise<void> {
  const by = people.get(skipped?.by ?? '')
  if (!skipped || !by) return
  const occurrence = occurrenceOf(now, skipped.before)
  await transaction(async (tx) => {
    const { id } = await tx.review.create({
      data: {
        ...{ cycleId: cycle.id, occurrence, status: 'skipped', startedAt: occurrence, endedAt: occurrence },
        ...{ facilitatorId: by.id, facilitatorName: by.name, skipReason: skipped.reason },
      },
    })
    await audited(tx, 'review.skip', id, by)
  })
}

const audited = (tx: Transaction, action: string, id: number, by: Person) =>
  recordAudit(tx, SYSTEM, { action, entityType: 'review', entityId: id, after: { by: by.name } })
