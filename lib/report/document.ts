import { z } from 'zod'

/**
 * What a monthly report says, as it is kept: every number unrounded, every instant a unix second, nothing that depends on
 * when or where it is looked at. Formats (HTML, JSON, CSV) are functions of it and of nothing else.
 */

const instant = z.int()
const ratio = z.number()
/** "2026-06" */
export const monthSchema = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'Write the month as 2026-06.' })
const stretch = z.object({ from: instant, to: instant })

/** met: at least the target in force; open: too little was measured, or too little happened, to say. */
export const OUTCOMES = ['met', 'not_met', 'no_data', 'not_enough_data'] as const
export type Outcome = (typeof OUTCOMES)[number]
const outcome = z.enum(OUTCOMES)

/** What one SLO did in one calendar month. */
const monthFigureSchema = z.object({
  month: monthSchema,
  /** in force, time-weighted if it changed within the month */
  target: ratio,
  /** null: nothing happened, or nothing was measured */
  sli: ratio.nullable(),
  outcome,
})
export type MonthFigure = z.infer<typeof monthFigureSchema>

const causeSchema = z.object({
  kind: z.enum(['incident', 'release', 'dependency', 'no-data', 'measured', 'excluded', 'credit', 'unexplained']),
  /** of the incident or the release */
  id: z.int().nullable(),
  title: z.string().nullable(),
  /** whose incident it was, for a dependency */
  service: z.string().nullable(),
  when: stretch.nullable(),
  bad: z.number(),
  /** of the month's budget; the shares of all causes add up to consumed */
  share: ratio,
})
export type ReportCause = z.infer<typeof causeSchema>

const quantilesSchema = z.object({
  /** seconds, from the histogram increase of the whole month */
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
})
export type MonthQuantiles = z.infer<typeof quantilesSchema>

export const objectiveMonthSchema = z.object({
  slo: z.object({
    id: z.int(),
    slug: z.string(),
    name: z.string(),
    /** kind of the indicator: availability, latency … */
    kind: z.string(),
    /** the objective in words, for the appendix */
    sentence: z.string(),
    /** what is counted, as PromQL or as the list of members */
    queries: z.array(z.object({ name: z.string(), text: z.string() })),
  }),
  unit: z.enum(['events', 'slices']),
  target: ratio,
  /** every target of the month with the instant it came into force, the first one from the start of the month */
  targets: z.array(z.object({ from: instant, target: ratio })),
  /** versions of the definition in force in the month */
  versions: z.array(z.object({ version: z.int(), from: instant, changes: z.array(z.string()) })),
  sli: ratio.nullable(),
  outcome,
  /** as they count, corrections applied */
  good: z.number(),
  total: z.number(),
  /** as measured, before corrections */
  raw: z.object({ good: z.number(), total: z.number(), sli: ratio.nullable() }),
  /** how many may be bad in the month at this target */
  allowed: z.number(),
  consumed: ratio.nullable(),
  remaining: ratio.nullable(),
  /** measured minutes ÷ minutes that should have been */
  coverage: ratio,
  /** share of the month's budget spent per day of the zone, in order; null: nothing was measured that day */
  days: z.array(z.object({ date: z.string(), share: ratio.nullable() })),
  causes: z.array(causeSchema),
  /** twelve months or as many as are known, oldest first, this one last */
  months: z.array(monthFigureSchema),
  /** latency only; previous: the month before */
  quantiles: z.object({ current: quantilesSchema, previous: quantilesSchema.nullable() }).nullable(),
  /** why a latency has no quantiles, or what is to be said beside them; sentences */
  quantilesMissing: z.string().nullable(),
})
export type ObjectiveMonth = z.infer<typeof objectiveMonthSchema>

const costSchema = z.object({ sloId: z.int(), name: z.string(), share: ratio })

const incidentSchema = z.object({
  id: z.int(),
  title: z.string(),
  severity: z.string(),
  status: z.string(),
  from: instant,
  /** null: it goes on */
  to: instant.nullable(),
  /** from the first harm until somebody or something noticed */
  detectionSeconds: z.int(),
  rootCause: z.string(),
  /** shares of this month's budgets, from the ledger */
  costs: z.array(costSchema),
  retrospective: z.enum(['done', 'due', 'none']),
  actions: z.array(z.object({ title: z.string(), owner: z.string().nullable(), due: z.string().nullable(), done: z.boolean() })),
})
export type ReportIncident = z.infer<typeof incidentSchema>

const releaseSchema = z.object({
  id: z.int(),
  version: z.string(),
  at: instant,
  risk: z.string().nullable(),
  decision: z.string().nullable(),
  /** what it cost within a day: the largest share of a budget, and of which SLO; null: not measured */
  cost: costSchema.nullable(),
})
export type ReportRelease = z.infer<typeof releaseSchema>

const correctionSchema = z.object({
  id: z.int(),
  kind: z.enum(['exclusion', 'credit']),
  cause: z.string(),
  reason: z.string(),
  /** the stretches of the month in words, or the minutes granted */
  when: z.string(),
  requestedBy: z.string(),
  approvedBy: z.string(),
  /** names of the SLOs it touches */
  slos: z.array(z.string()),
})
export type ReportCorrection = z.infer<typeof correctionSchema>

const waiverSchema = z.object({
  id: z.int(),
  reason: z.string(),
  from: instant,
  until: instant,
  /** granted, ended, revoked … */
  status: z.string(),
  askedBy: z.string(),
  signedBy: z.array(z.string()),
  /** of a budget */
  limit: ratio.nullable(),
  used: ratio.nullable(),
})
export type ReportWaiver = z.infer<typeof waiverSchema>

export const recommendationSchema = z.object({
  /** name of the rule, for programs: tighten-target, loosen-target, retrospective-due … */
  rule: z.string(),
  /** what to do, in a few words */
  title: z.string(),
  /** why, in a sentence or two with the figures */
  reason: z.string(),
  /** what it rests on, each a fact of this report */
  evidence: z.array(z.object({ label: z.string(), value: z.string() })),
  sloId: z.int().nullable(),
  service: z.string().nullable(),
})
export type Recommendation = z.infer<typeof recommendationSchema>

const summarySchema = z.object({ reliability: z.string(), budget: z.string(), incidents: z.string() })
export type ReportSummary = z.infer<typeof summarySchema>

const head = {
  /** of this structure; raised when its meaning changes */
  format: z.literal(1),
  month: monthSchema,
  /** IANA zone that the month is a month of */
  zone: z.string(),
  period: stretch,
  /** nothing after it was counted; the end of the period, unless the month still runs */
  asOf: instant,
  /** one sentence each */
  summary: summarySchema,
  recommendations: z.array(recommendationSchema),
  /** of the portal, so that links of the file lead somewhere; null: none is known */
  address: z.string().nullable(),
}

export const serviceReportSchema = z
  .object({
    kind: z.literal('service'),
    ...head,
    service: z.object({
      slug: z.string(),
      name: z.string(),
      description: z.string(),
      tier: z.string(),
      kind: z.string(),
      team: z.string(),
      sloOwner: z.string().nullable(),
      productOwner: z.string().nullable(),
    }),
    /** by name at the end of the month */
    objectives: z.array(objectiveMonthSchema),
    incidents: z.array(incidentSchema),
    releases: z.array(releaseSchema),
    /** requests decided in the month, by decision */
    decisions: z.record(z.string(), z.int()),
    corrections: z.array(correctionSchema),
    waivers: z.array(waiverSchema),
  })
  .meta({ id: 'ServiceReport' })
export type ServiceReport = z.infer<typeof serviceReportSchema>

/** A service as a line of the organisation's report. */
const serviceLineSchema = z.object({
  slug: z.string(),
  name: z.string(),
  tier: z.string(),
  team: z.string(),
  objectives: z.int(),
  met: z.int(),
  notMet: z.int(),
  open: z.int(),
  /** the objective with the least budget left; null: none has data */
  worst: z.object({ sloId: z.int(), name: z.string(), target: ratio, sli: ratio, remaining: ratio, outcome }).nullable(),
  incidents: z.int(),
  releases: z.int(),
})
export type ServiceLine = z.infer<typeof serviceLineSchema>

export const organisationReportSchema = z
  .object({
    kind: z.literal('organisation'),
    ...head,
    totals: z.object({
      services: z.int(),
      objectives: z.int(),
      met: z.int(),
      notMet: z.int(),
      open: z.int(),
      incidents: z.int(),
      releases: z.int(),
      waivers: z.int(),
      corrections: z.int(),
    }),
    /** per tier, the most important first */
    tiers: z.array(
      z.object({ tier: z.string(), services: z.int(), objectives: z.int(), met: z.int(), notMet: z.int(), open: z.int() }),
    ),
    /** all, those with the least budget left first */
    services: z.array(serviceLineSchema),
    /** the largest spenders over all services, at most 20 */
    incidents: z.array(incidentSchema.extend({ services: z.array(z.string()) })),
    /** twelve months or as many as are known: how many objectives were met, of those that could be judged */
    months: z.array(z.object({ month: monthSchema, met: z.int(), judged: z.int() })),
    decisions: z.record(z.string(), z.int()),
  })
  .meta({ id: 'OrganisationReport' })
export type OrganisationReport = z.infer<typeof organisationReportSchema>

export const reportDocumentSchema = z.discriminatedUnion('kind', [serviceReportSchema, organisationReportSchema])
export type ReportDocument = z.infer<typeof reportDocumentSchema>

/** A document with what is known about it as a record. */
export type Report = {
  /** null: a preview, kept nowhere */
  id: number | null
  /** 1, and one more each time the month was corrected; 0: a preview */
  revision: number
  /** what is different from the revision before, in words */
  changes: string[]
  builtAt: number
  /** of whom or what built it: "schedule", a person's name … */
  builtBy: string
  /** SHA-256 of the document's canonical JSON, hex */
  hash: string
  document: ReportDocument
}
