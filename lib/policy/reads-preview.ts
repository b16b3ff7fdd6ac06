import 'server-only'
import type { Place as PlaceOf } from '../alert/in-force'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db, pool } from '../db/client'
import { HeadroomError } from '../errors'
import { loadBudgetPolicies } from '../measurement/error-budget-policies'
import type { ChangeType, Risk } from '../release/vocabulary'
import { DAY, type UnixSeconds } from '../time-series/units'
import type { BudgetPolicy, PolicyInForce } from './budget-policy'
import { ofService } from './in-force'
import { canReadBudgetPolicies, WHO_READS } from './policy'
import { type ComparedRelease, compared, freezeCalendar, type PastRelease } from './preview'
import { PLACES } from './reads'
import { type HeldDays, pastOf, type Which } from './reads-past'
import type { PreviewRequest } from './schema'
import { plural } from './words'

const DAYS = 90
/** More releases than these say nothing more. */
const MOST = 1_000

export type PolicyPreview = {
  from: UnixSeconds
  to: UnixSeconds
  days: number
  /** where the rules would hold and what they are compared with, in words */
  reach: string
  /** newest first */
  releases: ComparedRelease[]
  /** days that each state would have held per gating SLO, where thresholds differ */
  held: HeldDays[]
  notes: string[]
}

type Released = PastRelease & { serviceId: number; tier: string }
type Gating = { id: number; name: string; serviceId: number; tier: string }

/** What other rules would have said of the releases of the last 90 days, from the portal's own counters; nothing is saved. */
export async function previewPolicy(
  actor: Actor,
  { settings, of }: PreviewRequest,
  now: UnixSeconds = Math.floor(Date.now() / 1000),
): Promise<PolicyPreview> {
  authorize(canReadBudgetPolicies(actor), WHO_READS)
  const named = of === null ? null : await db().errorBudgetPolicy.findUnique({ where: { slug: of }, select: { name: true } })
  if (of !== null && !named) throw new HeadroomError('NOT_FOUND', `There is no error-budget policy “${of}”.`)
  const policyFor = await loadBudgetPolicies(pool())
  const from = now - DAYS * DAY
  const [released, gating] = [await releasesSince(from, now), await gatingSlos()]
  const everywhere = of === null || !(await holdsSomewhere(of, policyFor))
  const inReach = ({ slug }: PolicyInForce) => everywhere || slug === of
  const sides = (policy: PolicyInForce): { before: BudgetPolicy; after: BudgetPolicy } => ({
    before: policy.settings,
    after: inReach(policy) ? settings : policy.settings,
  })
  const ofSlo = new Map(gating.map((slo) => [slo.id, sides(policyFor(slo))]))
  const slosOf = byService(gating)
  const due = released.filter(({ serviceId, tier }) => {
    const policies = [policyFor(ofService(serviceId, tier)), ...(slosOf.get(serviceId) ?? []).map(policyFor)]
    return policies.some(inReach)
  })
  const past = await pastOf(
    gating.filter((slo) => inReach(policyFor(slo)) || due.some(({ serviceId }) => serviceId === slo.serviceId)),
    due.flatMap(({ at, serviceId }) => (slosOf.get(serviceId) ?? []).map(({ id }) => ({ id, at }))),
    { sides: (id) => ofSlo.get(id) ?? { before: settings, after: settings }, from, now },
  )
  const freezesAt = freezeCalendar(from, now)
  const releases = due.map(({ serviceId, tier, ...release }) => {
    const settled = sides(policyFor(ofService(serviceId, tier)))
    const basis = (which: Which) => ({
      settings: settled[which],
      slos: (slosOf.get(serviceId) ?? []).map(({ id, name }) => ({
        ...{ slo: { id, name }, standing: past.standing(id, release.at, which) },
      })),
    })
    return compared(release, { before: basis('before'), after: basis('after') }, freezesAt)
  })
  return {
    ...{ from, to: now, days: DAYS, releases, held: past.held },
    reach: everywhere
      ? `Everywhere${named ? `, because ${named.name} holds nowhere` : ''}, against the policies that hold now.`
      : `Where ${named?.name} holds now.`,
    notes: notesOf(due, slosOf, released.length),
  }
}

function notesOf(due: Released[], slosOf: Map<number, Gating[]>, read: number): string[] {
  const assumed = due.filter((release) => release.assumed).length
  const free = new Set(due.filter(({ serviceId }) => !slosOf.has(serviceId)).map(({ service }) => service.slug)).size
  return [
    ...(assumed > 0 ? [`${plural(assumed, 'release')} had no request: taken as a feature of medium risk.`] : []),
    ...(free > 0
      ? [`${plural(free, 'service')} of them ${free === 1 ? 'has' : 'have'} no SLO that gates releases: a person decides there.`]
      : []),
    ...(read >= MOST ? [`Only the newest ${MOST} releases were looked at.`] : []),
    'States are those of the last full hour before each release, by the targets of that time. Incidents, costs and waivers are left out.',
  ]
}

type Row = { id: number; slug: string; name: string; version: string; at: number; serviceId: number; tier: string } & {
  risk: Risk | null
  changeType: ChangeType | null
}

async function releasesSince(from: UnixSeconds, to: UnixSeconds): Promise<Released[]> {
  const { rows } = await pool().query<Row>(
    `SELECT r.id, v.slug, v.name, r.version, r.released_at AS at, v.id AS "serviceId", v.tier::text AS tier,
       q.risk::text AS risk, q.change_type::text AS "changeType"
     FROM release r JOIN service v ON v.id = r.service_id LEFT JOIN release_request q ON q.release_id = r.id
     WHERE r.released_at > $1 AND r.released_at <= $2 ORDER BY r.released_at DESC, r.id DESC LIMIT ${MOST}`,
    [from, to],
  )
  return rows.map(({ slug, name, risk, changeType, ...row }) => ({
    ...{ ...row, service: { slug, name }, assumed: risk === null },
    ...{ risk: risk ?? 'medium', changeType: changeType ?? 'feature' },
  }))
}

/** Those that have a say now; a past that gated by others is not looked up. */
async function gatingSlos(): Promise<Gating[]> {
  const { rows } = await pool().query<Gating>(
    `SELECT s.id, s.name, v.id AS "serviceId", v.tier::text AS tier FROM slo s JOIN service v ON v.id = s.service_id
     WHERE s.gating AND s.deleted_at IS NULL AND s.lifecycle = 'active' ORDER BY s.name`,
  )
  return rows
}

function byService(slos: Gating[]): Map<number, Gating[]> {
  const found = new Map<number, Gating[]>()
  for (const slo of slos) found.set(slo.serviceId, [...(found.get(slo.serviceId) ?? []), slo])
  return found
}

/** The same question for every service and SLO as lists ask it. */
async function holdsSomewhere(slug: string, policyFor: (place: PlaceOf) => PolicyInForce): Promise<boolean> {
  const { rows } = await pool().query<PlaceOf>(PLACES)
  return rows.some((place) => policyFor(place).slug === slug)
}
