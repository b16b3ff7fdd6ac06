import { z } from 'zod'
import { ROLES } from '../auth/role'
import { type ComparedRelease, changedGroups, previewSentence, type Side } from '../policy/preview'
import type { PolicyPreview } from '../policy/reads-preview'
import {
  type Agreement,
  agreementSchema,
  type BudgetPolicyDetail,
  type BudgetPolicyInfo,
  budgetAssignmentSchema,
  budgetPolicyChangeSchema,
  budgetPolicyInputSchema,
  previewRequestSchema,
} from '../policy/schema'
import { CHANGE_TYPES, DECISIONS, RISKS } from '../release/vocabulary'
import { SLO_STATES } from '../slo/state'
import type { UnixSeconds } from '../time-series/units'
import { get, write } from './operations'

const instant = z.iso.datetime()
const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()

const role = z.enum(ROLES)
const agreement = z.object({ role, person: z.string(), at: instant })
const policySchema = z
  .object({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    preset: z.boolean().meta({ description: 'comes with Headroom; copied, never changed' }),
    version: z.int(),
    settings: z.record(z.string(), z.unknown()).meta({ description: 'as they are written, see the body of POST' }),
    readable: z.boolean().meta({ description: 'false: the stored settings cannot be read, and the next wider policy holds' }),
    assignedTo: z.array(z.string()).meta({ description: 'default, tier:critical, service:checkout, slo:34' }),
    services: z.int().meta({ description: 'how many services it holds for now' }),
    slos: z.int().meta({ description: 'how many SLOs it holds for now' }),
    agreedBy: z.array(agreement).meta({ description: 'who agreed to this version' }),
    open: z.array(role).meta({ description: 'roles that still have to agree' }),
  })
  .meta({ id: 'ErrorBudgetPolicy' })
const detailSchema = policySchema
  .extend({
    versions: z.array(
      z.object({
        ...{ version: z.int(), at: instant, author: z.string(), changes: z.array(z.string()), agreedBy: z.array(agreement) },
      }),
    ),
  })
  .meta({ id: 'ErrorBudgetPolicyDetail' })
const listSchema = z.object({ items: z.array(policySchema) }).meta({ id: 'ErrorBudgetPolicyList' })
const savedSchema = z.object({
  ...{ slug: z.string(), version: z.int() },
  warnings: z.array(z.string()).meta({ description: 'what is allowed and hardly meant' }),
})

const side = z.object({
  decision: z.enum(DECISIONS),
  state: z.enum(SLO_STATES).nullable(),
  slo: z.int().nullable().meta({ description: 'the SLO that decided' }),
  freeze: z.string().nullable().meta({ description: 'the freeze window that decided' }),
})
const comparedSchema = z.object({
  ...{ release: z.int(), service: z.string(), version: z.string(), at: instant },
  ...{ risk: z.enum(RISKS), changeType: z.enum(CHANGE_TYPES) },
  assumed: z.boolean().meta({ description: 'nobody said risk and type: a feature of medium risk' }),
  ...{ before: side, after: side },
})
const days = z.partialRecord(z.enum(SLO_STATES), z.number())
const previewSchema = z
  .object({
    ...{ from: instant, to: instant, answer: z.string(), reach: z.string(), releases: z.int() },
    changed: z.array(z.object({ title: z.string(), releases: z.array(comparedSchema) })),
    held: z
      .array(z.object({ slo: z.int(), name: z.string(), before: days, after: days }))
      .meta({ description: 'days that each state held, and would have held; where thresholds differ' }),
    notes: z.array(z.string()),
  })
  .meta({ id: 'ErrorBudgetPolicyPreview' })

/** What the preview answers. */
export type PolicyPreviewAnswer = z.infer<typeof previewSchema>

const agreementOf = ({ role: as, name, at }: Agreement): z.infer<typeof agreement> => ({ role: as, person: name, at: iso(at) })

export const budgetPolicyOf = (info: BudgetPolicyInfo): z.infer<typeof policySchema> => ({
  ...{ slug: info.slug, name: info.name, description: info.description, preset: info.preset, version: info.version },
  ...{ settings: info.settings, readable: info.readable, assignedTo: info.uses.map(({ scope }) => scope) },
  ...{ services: info.services, slos: info.slos, agreedBy: info.agreements.map(agreementOf), open: info.open },
})
export const budgetPolicyDetailOf = (detail: BudgetPolicyDetail): z.infer<typeof detailSchema> => ({
  ...budgetPolicyOf(detail),
  versions: detail.versions.map(({ at, agreements, ...version }) => ({
    ...{ ...version, at: iso(at), agreedBy: agreements.map(agreementOf) },
  })),
})

const sideOf = ({ slo, ...rest }: Side): z.infer<typeof side> => ({ ...rest, slo: slo?.id ?? null })
const comparedOf = ({ id, service, at, before, after, ...rest }: ComparedRelease): z.infer<typeof comparedSchema> => ({
  ...{ ...rest, release: id, service: service.slug, at: iso(at), before: sideOf(before), after: sideOf(after) },
})
export const policyPreviewOf = ({ from, to, ...preview }: PolicyPreview): PolicyPreviewAnswer => ({
  ...{ from: iso(from), to: iso(to), answer: previewSentence(preview.releases, preview.days), reach: preview.reach },
  releases: preview.releases.length,
  changed: changedGroups(preview.releases).map(({ title, releases }) => ({ title, releases: releases.map(comparedOf) })),
  held: preview.held.map(({ slo, before, after }) => ({ slo: slo.id, name: slo.name, before, after })),
  notes: preview.notes,
})

const path = z.object({ slug: z.string().meta({ description: 'slug of the policy' }) })

export const budgetPolicyPaths = {
  '/api/v1/error-budget-policies': {
    ...get('listErrorBudgetPolicies', 'What follows from the state of a budget: presets and own policies', listSchema),
    post: write('createErrorBudgetPolicy', 'Write a policy; it holds nowhere until it is assigned', {
      ...{ body: budgetPolicyInputSchema, answer: savedSchema, status: 201 },
    }),
  },
  '/api/v1/error-budget-policies/preview': {
    post: write(
      'previewErrorBudgetPolicy',
      'What settings would have said of the releases of the last 90 days; nothing is saved',
      {
        ...{ body: previewRequestSchema, answer: previewSchema },
      },
    ),
  },
  '/api/v1/error-budget-policies/{slug}': {
    ...get('getErrorBudgetPolicy', 'One policy with its versions and agreements', detailSchema, { path }),
    put: write('changeErrorBudgetPolicy', 'Save a new version; it has to be agreed to anew', {
      ...{ body: budgetPolicyChangeSchema, answer: savedSchema, params: { path } },
    }),
    delete: write('deleteErrorBudgetPolicy', 'Delete a policy that holds nowhere', {
      answer: z.object({ slug: z.string() }),
      params: { path, query: z.object({ version: z.int() }) },
    }),
  },
  '/api/v1/error-budget-policies/{slug}/agreement': {
    put: write('agreeToErrorBudgetPolicy', 'Agree to the present version in the name of your role, or take that back', {
      body: agreementSchema,
      answer: z.object({ slug: z.string(), version: z.int(), role, agrees: z.boolean() }),
      params: { path },
    }),
  },
  '/api/v1/error-budget-policy-assignments': {
    put: write('assignErrorBudgetPolicy', 'Say which policy holds where; null takes it back', {
      ...{ body: budgetAssignmentSchema, answer: budgetAssignmentSchema },
    }),
  },
}
