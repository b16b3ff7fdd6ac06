import { z } from 'zod'
import { leftText } from '../format'
import { isOpen } from '../incident/lifecycle'
import type { UnixSeconds } from '../time-series/units'
import { HEALTHS, healthOf } from './health'
import type { Live } from './live'
import type { PARTS } from './part'
import type { FrozenAction, Snapshot } from './snapshot'
import { readingOf } from './timer'

const instant = z.number().int()
const actionSchema = z.object({
  id: z.number().int(),
  title: z.string(),
  owner: z.string().nullable(),
  dueOn: z.string().nullable(),
  /** given out in this review, left open by an earlier one, done since */
  status: z.enum(['new', 'carried', 'done']),
  late: z.boolean(),
})
export type MinutesAction = z.output<typeof actionSchema>
const decisionSchema = z.object({ text: z.string(), by: z.string(), at: instant })
const serviceSchema = z.object({
  slug: z.string(),
  name: z.string(),
  health: z.enum(HEALTHS),
  because: z.string(),
  slos: z.number().int(),
  /** the budget of which the least is left */
  budget: z.object({ slo: z.string(), remaining: z.number() }).nullable(),
  issues: z.array(z.string()),
  actions: z.array(actionSchema),
  decisions: z.array(decisionSchema),
})
export type MinutesService = z.output<typeof serviceSchema>

/** What was said, as it is kept. Instants are unix seconds, ratios 0..1. */
export const minutesSchema = z.object({
  format: z.literal(1),
  review: z.number().int(),
  cycle: z.string(),
  of: z.string(),
  occurrence: instant,
  startedAt: instant,
  closedAt: instant,
  asOf: instant,
  since: instant,
  timeZone: z.string(),
  facilitator: z.string(),
  /** seconds */
  took: z.object({ whole: z.number().int(), parts: z.object({ performance: instant, incidents: instant, decisions: instant }) }),
  services: z.array(serviceSchema),
  /** what is about no service in particular */
  general: z.object({ actions: z.array(actionSchema), decisions: z.array(decisionSchema) }),
  checklist: z.array(z.object({ text: z.string(), by: z.string().nullable() })),
})
export type Minutes = z.output<typeof minutesSchema>

/** Which service an item of the agenda is about; `null`: several, or none. */
export function serviceOf(snapshot: Pick<Snapshot, 'items' | 'slos' | 'incidents'>, key: string): string | null {
  const item = snapshot.items.find((one) => one.key === key)
  if (item?.kind === 'slo') return snapshot.slos.find(({ id }) => id === item.id)?.service.slug ?? null
  if (item?.kind !== 'incident') return null
  const services = snapshot.incidents.find(({ id }) => id === item.id)?.services ?? []
  return services.length === 1 ? (services[0]?.slug ?? null) : null
}

/** The minutes of a review that ends now: the frozen numbers, and what was captured beside them. */
export function minutesOf(snapshot: Snapshot, live: Live, now: UnixSeconds): Minutes {
  const { items, cycle, services, checklist } = snapshot
  const reading = readingOf(live.timer, items, live.step, now)
  const spent = (part: (typeof PARTS)[number]) => reading.parts.find((one) => one.part === part)?.spent ?? 0
  const about = (key: string): string | null =>
    serviceOf(snapshot, key) ?? (services.length === 1 ? (services[0]?.slug ?? null) : null)
  const given = live.actions.map(({ id, title, owner, dueOn, item }) => ({
    service: about(item),
    action: { id, title, owner: owner?.name ?? null, dueOn, status: 'new' as const, late: false },
  }))
  const carried = snapshot.actions.map((action) => ({ service: action.service?.slug ?? null, action: carriedOf(action, live) }))
  const said = live.decisions.map(({ text, by, at, item }) => ({ service: about(item), decision: { text, by, at } }))
  const known = new Set(services.map(({ slug }) => slug))
  const of = (slug: string | null) => (one: { service: string | null }) =>
    slug === null ? one.service === null || !known.has(one.service) : one.service === slug
  const partsOf = (slug: string | null) => ({
    actions: [...given, ...carried].filter(of(slug)).map(({ action }) => action),
    decisions: said.filter(of(slug)).map(({ decision }) => decision),
  })
  return {
    ...{ format: 1, review: live.id, cycle: cycle.name, of: cycle.of.name, occurrence: snapshot.occurrence },
    ...{ startedAt: live.timer.startedAt, closedAt: now, asOf: snapshot.asOf, since: snapshot.since },
    ...{ timeZone: snapshot.timeZone, facilitator: live.facilitator },
    took: {
      whole: reading.elapsed,
      parts: { performance: spent('performance'), incidents: spent('incidents'), decisions: spent('decisions') },
    },
    services: services
      .map(({ slug, name }) => ({ ...standingOf(snapshot, slug), slug, name, ...partsOf(slug) }))
      .sort(worstFirst),
    general: partsOf(null),
    checklist: checklist.map((text, line) => ({ text, by: live.ticks.find((tick) => tick.line === line)?.by ?? null })),
  }
}

const worstFirst = (a: MinutesService, b: MinutesService): number =>
  HEALTHS.indexOf(b.health) - HEALTHS.indexOf(a.health) || a.name.localeCompare(b.name)

const carriedOf = ({ id, title, owner, dueOn, late }: FrozenAction, { done }: Live): MinutesAction => ({
  ...{ id, title, owner, dueOn, late },
  status: done.includes(id) ? 'done' : 'carried',
})

function standingOf(snapshot: Snapshot, slug: string): Pick<MinutesService, 'health' | 'because' | 'slos' | 'budget' | 'issues'> {
  const slos = snapshot.slos.filter(({ service }) => service.slug === slug)
  const incidents = snapshot.incidents.filter(({ services }) => services.some((one) => one.slug === slug))
  const judged = slos.filter(({ remaining }) => remaining !== null)
  const least = judged.reduce<(typeof slos)[number] | null>(
    (low, slo) => (low === null || (slo.remaining ?? 0) < (low.remaining ?? 0) ? slo : low),
    null,
  )
  return {
    ...healthOf(slos, incidents.filter(({ status }) => isOpen(status)).length),
    slos: slos.length,
    budget: least && { slo: least.name, remaining: least.remaining ?? 0 },
    issues: issuesOf(snapshot, slug),
  }
}

/** What the agenda says about a service, in the order in which it was looked at. */
function issuesOf({ items, slos, incidents, requests }: Snapshot, slug: string): string[] {
  const seen = items.flatMap((item): string[] => {
    const slo = item.kind === 'slo' ? slos.find(({ id }) => id === item.id) : undefined
    if (slo?.service.slug === slug)
      return [
        `${slo.name}: ${item.reason}${slo.remaining === null || /left$/.test(item.reason) ? '' : `, ${leftText(slo.remaining)} % left`}`,
      ]
    const incident = item.kind === 'incident' ? incidents.find(({ id }) => id === item.id) : undefined
    return incident?.services.some((one) => one.slug === slug) ? [`${item.title}: ${item.reason}`] : []
  })
  const held = requests
    .filter(({ service, outcome }) => service.slug === slug && outcome !== 'waits')
    .map(({ version, outcome }) => `Release ${version} was ${outcome}`)
  return [...seen, ...held]
}
