import { z } from 'zod'
import type { Planning, StoredPlan } from '../priority/planning'
import { SPENT_KINDS } from '../priority/planning'
import { EFFORTS, type Ranked } from '../priority/priority'
import {
  estimateChangeSchema,
  type Priorities,
  type PriorityRow,
  planChangeSchema,
  planningQuerySchema,
  sizeChangeSchema,
  type TeamToil,
} from '../priority/schema'
import { formulaText } from '../priority/words'
import { TIERS } from '../service/tier'
import { slugSchema } from '../slo/definition-input'
import { SLO_STATES } from '../slo/state'
import type { UnixSeconds } from '../time-series/units'
import { get, problem, write } from './operations'

const instant = z.iso.datetime()
const maybe = z.number().nullable()
const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()

const place = {
  slo: z.int(),
  name: z.string(),
  service: z.string(),
  team: z.string(),
  tier: z.enum(TIERS),
  state: z.enum(SLO_STATES),
}
const gapSchema = z
  .object({
    rank: z.int(),
    ...place,
    score: z.number().meta({ description: 'impact × overspend ÷ effort' }),
    impact: z.number(),
    overspend: z.number().meta({ description: 'max(consumed − 1, pace − 1, 0) + alertLoad' }),
    alertLoad: z.number(),
    ...{ consumed: maybe, pace: maybe, pages: z.int(), tickets: z.int() },
    effort: z.enum(EFFORTS),
    explanation: z.string().meta({ description: 'the formula with the values put in' }),
    journeys: z.array(z.string()),
    broken: z.array(z.string()).meta({ description: 'findings that make the figures worthless' }),
    actions: z.array(z.object({ what: z.string(), because: z.string() })),
    owner: z.object({ id: z.string(), name: z.string() }).nullable(),
    link: z.string().nullable(),
    note: z.string(),
    version: z.int().meta({ description: 'send it back with a change; 0: nobody has estimated it' }),
  })
  .meta({ id: 'ReliabilityPriority' })
const listSchema = z
  .object({ evaluatedAt: instant.nullable(), items: z.array(gapSchema), unknown: z.array(z.object(place)) })
  .meta({ id: 'ReliabilityPriorityList' })

const toilSchema = z
  .object({
    ...{ team: z.string(), name: z.string(), version: z.int() },
    ...{ slos: z.int(), judged: z.int() },
    performance: maybe.meta({ description: 'percent; 100: objectives are kept to the point' }),
    share: z.number().meta({ description: 'of the working time, 0.2 to 0.6' }),
    size: z.int(),
    hours: z.number().meta({ description: 'a week' }),
  })
  .meta({ id: 'ToilBudget' })
const toilListSchema = z.object({ items: z.array(toilSchema) }).meta({ id: 'ToilBudgetList' })

const planOut = z.object({
  ...{ quarter: z.string(), reliability: z.number(), note: z.string(), decidedBy: z.string(), decidedAt: instant },
  version: z.int(),
})
const planningSchema = z
  .object({
    ...{ team: z.string(), quarter: z.string(), from: instant, to: instant, evaluatedAt: instant.nullable() },
    ...{ judged: z.int(), met: z.int(), releases: z.int(), incidents: z.int() },
    slos: z.array(
      z.object({
        ...{ slo: z.int(), name: z.string(), service: z.string(), tier: z.enum(TIERS) },
        ...{ target: z.number(), sli: maybe, consumed: maybe, met: z.boolean().nullable(), since: instant.nullable() },
        spent: z.record(z.enum(SPENT_KINDS), z.number()).meta({ description: 'shares of the budget; they add up to consumed' }),
      }),
    ),
    causes: z.array(
      z.object({ kind: z.enum(['incident', 'release', 'dependency']), title: z.string(), slo: z.int(), share: z.number() }),
    ),
    waivers: z.array(
      z.object({
        ...{ id: z.int(), service: z.string(), reason: z.string(), from: instant, to: instant },
        ...{ spent: z.number(), limit: z.number() },
      }),
    ),
    priorities: z.array(gapSchema),
    toil: toilSchema,
    proposal: z.object({
      ...{ quarter: z.string(), reliability: z.number() },
      reasons: z.array(z.object({ points: z.number(), text: z.string() })),
    }),
    agreed: planOut.nullable().meta({ description: 'for this quarter' }),
    plan: planOut.nullable().meta({ description: 'for the next one' }),
  })
  .meta({ id: 'QuarterPlanning' })

const placeOf = ({ slo, service, team, tier, state }: PriorityRow) => ({
  ...{ slo: slo.id, name: slo.name, service: service.slug, team: team.slug, tier, state },
})
const gapOf = (gap: Ranked<PriorityRow>): z.infer<typeof gapSchema> => ({
  ...{ rank: gap.rank, ...placeOf(gap), score: gap.score.score, impact: gap.score.impact },
  ...{ overspend: gap.score.overspend, alertLoad: gap.score.alertLoad, consumed: gap.consumed, pace: gap.pace },
  ...{ ...gap.alerts, effort: gap.effort, explanation: formulaText(gap), journeys: gap.journeys.map(({ name }) => name) },
  ...{ broken: gap.broken, actions: gap.actions.map(({ what, because }) => ({ what, because })) },
  ...{ owner: gap.owner, link: gap.link || null, note: gap.note, version: gap.version },
})
export const prioritiesOf = ({ asOf, gaps, unknown }: Priorities): z.infer<typeof listSchema> => ({
  ...{ evaluatedAt: asOf === null ? null : iso(asOf), items: gaps.map(gapOf), unknown: unknown.map(placeOf) },
})
export const toilOf = ({ team, slos, judged, performance, share, size, hours }: TeamToil): z.infer<typeof toilSchema> => ({
  ...{ team: team.slug, name: team.name, version: team.version, slos, judged, performance, share, size, hours },
})

const planOf = (plan: StoredPlan | null): z.infer<typeof planOut> | null =>
  plan && {
    ...{ quarter: plan.quarter, reliability: plan.reliability, note: plan.note, version: plan.version },
    ...{ decidedBy: plan.by, decidedAt: iso(plan.at) },
  }
export const planningOf = (view: Planning): z.infer<typeof planningSchema> => ({
  ...{ team: view.team.slug, quarter: view.quarter, from: iso(view.period.from), to: iso(view.period.to) },
  evaluatedAt: view.asOf === null ? null : iso(view.asOf),
  ...{ judged: view.judged, met: view.met, releases: view.releases, incidents: view.incidents },
  slos: view.rows.map(({ slo, service, tier, target, sli, consumed, met, spent, since }) => ({
    ...{ slo: slo.id, name: slo.name, service: service.slug, tier, target, sli, consumed, met, spent },
    since: since === null ? null : iso(since),
  })),
  causes: view.largest.map(({ kind, title, slo, share }) => ({ kind, title, slo: slo.id, share })),
  waivers: view.waivers.map(({ id, service, reason, from, to, spent, limit }) => ({
    ...{ id, service, reason, from: iso(from), to: iso(to), spent, limit },
  })),
  ...{ priorities: view.top.map(gapOf), toil: toilOf(view.toil) },
  proposal: { quarter: view.next, reliability: view.proposal.reliability, reasons: view.proposal.reasons },
  ...{ agreed: planOf(view.agreed), plan: planOf(view.plan) },
})

export const priorityQuerySchema = z.object({ team: slugSchema.optional() })
const slo = z.object({ slo: z.int().meta({ description: 'number of the SLO' }) })
const slug = z.object({ slug: z.string().meta({ description: 'slug of the team' }) })
const file = (operationId: string, summary: string, type: string) => ({
  get: {
    operationId,
    summary,
    requestParams: { path: slug, query: planningQuerySchema },
    responses: {
      200: { description: 'the document', content: { [type]: { schema: z.string() } } },
      401: problem('No token, or one that is not valid.'),
      404: problem('There is no such team.'),
    },
  },
})

export const priorityPaths = {
  '/api/v1/priorities': get('listPriorities', 'Gaps in the order in which they are worth closing', listSchema, {
    query: priorityQuerySchema,
  }),
  '/api/v1/priorities/{slo}': {
    patch: write('estimatePriority', 'Say how much work a gap is, who owns it and where it is tracked', {
      ...{ body: estimateChangeSchema, answer: z.object({ slo: z.int(), version: z.int() }), params: { path: slo } },
    }),
  },
  '/api/v1/toil': get('listToilBudgets', 'How much of its time each team may spend on toil', toilListSchema),
  '/api/v1/teams/{slug}/size': {
    put: write('setTeamSize', 'Say how many people share the work; null: as many as are known', {
      ...{ body: sizeChangeSchema, answer: z.object({ team: z.string(), version: z.int() }), params: { path: slug } },
    }),
  },
  '/api/v1/teams/{slug}/planning': get('getPlanning', 'A quarter of a team and a proposal for the next one', planningSchema, {
    ...{ path: slug, query: planningQuerySchema },
  }),
  '/api/v1/teams/{slug}/planning.md': file('getPlanningMarkdown', 'The same as a document', 'text/markdown'),
  '/api/v1/teams/{slug}/planning.csv': file('getPlanningCsv', 'Every number of it, one a line', 'text/csv'),
  '/api/v1/teams/{slug}/plan': {
    put: write('saveCapacityPlan', 'Write down how a quarter is shared between features and reliability', {
      body: planChangeSchema,
      answer: z.object({ team: z.string(), quarter: z.string(), version: z.int() }),
      params: { path: slug },
    }),
  },
}
