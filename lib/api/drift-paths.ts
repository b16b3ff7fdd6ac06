import { z } from 'zod'
import { DRIFT_STATES, type DriftProblem } from '../drift/drift'
import { remedyOf } from '../drift/remedies'
import { type DriftReport, inStep, type SloDrift, sourceText } from '../drift/report'
import { checkDriftSchema, driftQuerySchema } from '../drift/schema'
import { problemText } from '../drift/words'
import type { UnixSeconds } from '../time-series/units'
import { get, write } from './operations'

const instant = z.iso.datetime()
const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()
const isoOrNull = (at: UnixSeconds | null): string | null => (at === null ? null : iso(at))
const place = z.object({ slug: z.string(), name: z.string() })
const state = z.enum(DRIFT_STATES)

const problem = z.object({
  kind: z.string(),
  sentence: z.string(),
  rule: z.string().nullable(),
  ours: z.string().nullable().meta({ description: 'what the portal writes' }),
  theirs: z.string().nullable().meta({ description: 'what is loaded' }),
})
const problems = z.array(problem).meta({ description: 'worst first' })

export const driftSchema = z
  .object({
    inStep: z.enum(['yes', 'no', 'unknown']).meta({ description: 'unknown: a source that was asked did not answer' }),
    sources: z.array(
      z.object({
        name: z.string(),
        sentence: z.string(),
        ...{ askedAt: instant.nullable(), checkedAt: instant.nullable() },
        problem: z.enum(['unreachable', 'no-rules', 'unreadable']).nullable(),
        message: z.string().nullable(),
        loadedGroups: z.int().meta({ description: 'of ours; 0: nothing is exported, which is no fault' }),
        ...{ slos: z.int(), counts: z.record(state, z.int()) },
        services: z.array(z.object({ service: z.string(), state, since: instant, problems, remedy: z.string() })),
        gone: z
          .array(z.object({ key: z.string(), file: z.string(), movedTo: z.string().nullable() }))
          .meta({ description: 'groups of ours for nothing that this source measures' }),
      }),
    ),
    items: z
      .array(
        z.object({
          ...{ id: z.int(), slug: z.string(), name: z.string(), service: place, source: z.string(), state, since: instant },
          ...{ problems, remedy: z.string() },
        }),
      )
      .meta({ description: 'a page of the SLOs that are not in step, worst first' }),
    matched: z.int().meta({ description: 'on all pages' }),
    sets: z.array(
      z.object({
        ...{ owner: z.string(), appliedAt: instant, appliedBy: z.string(), revision: z.string().nullable() },
        ...{ repository: z.string().nullable(), slos: z.int(), drifting: z.int() },
        ...{ services: z.int(), driftingServices: z.int() },
      }),
    ),
    files: z
      .array(
        z.object({
          ...{ id: z.int(), slug: z.string(), name: z.string(), service: place, owner: z.string(), file: z.string() },
          ...{ line: z.int(), changes: z.array(z.string()) },
        }),
      )
      .meta({ description: 'SLOs that are no longer what their files said when they were applied' }),
    services: z
      .array(
        z.object({
          ...{ slug: z.string(), name: z.string(), owner: z.string(), file: z.string(), line: z.int() },
          changes: z.array(z.string()),
        }),
      )
      .meta({ description: 'services that are no longer what their files said' }),
  })
  .meta({ id: 'Drift' })

const sloDriftSchema = z
  .object({
    rules: z
      .object({ state, since: instant, checkedAt: instant, problems })
      .nullable()
      .meta({ description: 'null: nothing of ours is loaded in its source, which is no fault' }),
    files: z.array(z.string()).meta({ description: 'what is no longer as its files said' }),
  })
  .meta({ id: 'SloDrift' })

const problemsOf = (found: DriftProblem[]): z.infer<typeof problems> =>
  found.map((one) => ({
    ...{ kind: one.kind, sentence: problemText(one), rule: 'rule' in one ? one.rule : null },
    ...(one.kind === 'changed' ? { ours: one.ours, theirs: one.theirs } : { ours: null, theirs: null }),
  }))

export const driftOf = (report: DriftReport): z.infer<typeof driftSchema> => ({
  inStep: inStep(report),
  sources: report.sources.map((source) => {
    const { name, askedAt, checkedAt, problem, message, loaded, slos, counts, services, gone } = source
    return {
      ...{ name, sentence: sourceText(source), askedAt: isoOrNull(askedAt), checkedAt: isoOrNull(checkedAt), problem, message },
      ...{ loadedGroups: loaded, slos, counts, gone },
      services: services.map(({ key, state, since, problems }) => ({
        ...{ service: key, state, since: iso(since), problems: problemsOf(problems) },
        remedy: remedyOf(key, problems),
      })),
    }
  }),
  items: report.slos.map(({ since, problems, ...slo }) => ({
    ...slo,
    ...{ since: iso(since), problems: problemsOf(problems) },
    remedy: remedyOf(`${slo.service.slug}/${slo.slug}`, problems),
  })),
  matched: report.matched,
  sets: report.sets.map((set) => ({ ...set, appliedAt: iso(set.appliedAt) })),
  files: report.files,
  services: report.services,
})

export const sloDriftOf = ({ rules, files }: SloDrift): z.infer<typeof sloDriftSchema> => ({
  rules: rules && {
    ...{ state: rules.state, since: iso(rules.since), checkedAt: iso(rules.checkedAt), problems: problemsOf(rules.problems) },
  },
  files,
})

const id = z.object({ id: z.int().meta({ description: 'number of the SLO' }) })

export const driftPaths = {
  '/api/v1/drift': {
    ...get('getDrift', 'Rules that sources have loaded, and files that were applied, beside what the portal has', driftSchema, {
      query: driftQuerySchema,
    }),
    post: write('checkDrift', 'Ask the sources now', {
      body: checkDriftSchema,
      answer: z.object({ asked: z.int().meta({ description: 'sources; one that was asked seconds ago is not asked again' }) }),
    }),
  },
  '/api/v1/slos/{id}/drift': get('getSloDrift', 'How an SLO stands to its loaded rules and its files', sloDriftSchema, {
    path: id,
  }),
}
