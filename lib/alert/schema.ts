import { z } from 'zod'
import { rowNumber } from '../row-number'
import { TIERS } from '../service/tier'
import { plainText, slugSchema } from '../slo/definition-input'
import type { UnixSeconds } from '../time-series/units'
import type { AlertEventKind } from './alert'
import { alertPolicySchema } from './alert-policy'
import type { Evidence } from './evidence'
import type { AlertScope } from './in-force'
import type { Mute } from './transition'

const RESERVED = ['new', 'error-budget']
const policySlugSchema = slugSchema.refine((slug) => !RESERVED.includes(slug), { error: 'This name is taken. Choose another.' })

/** A policy as people and programs write it. */
export const policyInputSchema = z.object({
  name: plainText('a name', 80).min(1, { error: 'Give the policy a name people will recognise.' }),
  slug: policySlugSchema,
  description: plainText('a description', 500).default(''),
  settings: alertPolicySchema.refine(({ pairs }) => pairs.length > 0, {
    path: ['pairs'],
    error: 'A policy has at least one pair of windows.',
  }),
})
export type PolicyInput = z.output<typeof policyInputSchema>

const version = z.number({ error: 'Say which version was edited.' }).int().positive()
export const policyChangeSchema = z.object({ version, policy: policyInputSchema })
export const updatePolicySchema = policyChangeSchema.extend({ slug: slugSchema })
export const deletePolicySchema = z.object({ slug: slugSchema, version })

const SCOPE = 'Write the scope as default, tier:critical, service:checkout or slo:34.'
/** Where a policy is to hold, as people name it: a service by its short name. */
export const scopeSchema = z
  .string({ error: SCOPE })
  .regex(/^(default|tier:[a-z_]+|service:[a-z0-9-]+|slo:\d{1,9})$/, { error: SCOPE })
  .refine((scope) => !scope.startsWith('tier:') || (TIERS as readonly string[]).includes(scope.slice(5)), {
    error: `The tier is one of ${TIERS.join(', ')}.`,
  })
/** `null`: what is wider holds again */
export const assignmentSchema = z.object({ scope: scopeSchema, policy: slugSchema.nullable() })

/** Where a policy holds. */
export type Use = { scope: string; kind: Exclude<AlertScope, 'preset'>; words: string; href: string | null }

export type PolicyInfo = {
  id: number
  slug: string
  name: string
  description: string
  preset: boolean
  version: number
  settings: z.output<typeof alertPolicySchema>
  uses: Use[]
  /** it holds where nothing is assigned */
  fallback: boolean
  /** SLOs it holds for now */
  slos: number
}

/** SLOs it holds for that keep a pair from firing: only a tier or default policy may have any. */
export type LeftOut = { sloId: number; name: string; service: string; sentence: string }

export type PolicyDetail = PolicyInfo & {
  leftOut: LeftOut[]
  versions: { version: number; at: UnixSeconds; author: string; changes: string[] }[]
}

export const ALERT_STATES = ['pending', 'firing', 'resolved'] as const

export const alertQuerySchema = z.object({
  state: z.enum(ALERT_STATES, { error: `The state is one of ${ALERT_STATES.join(', ')}.` }).optional(),
  severity: z.enum(['page', 'ticket'], { error: 'The severity is page or ticket.' }).optional(),
  slo: rowNumber('an SLO').optional(),
  service: slugSchema.optional(),
})
export type AlertFilter = z.output<typeof alertQuerySchema>

/** One alert with everything that explains it. */
export type AlertInfo = {
  id: number
  slo: { id: number; name: string; target: number }
  service: { slug: string; name: string }
  severity: 'page' | 'ticket'
  long: number
  short: number
  state: (typeof ALERT_STATES)[number]
  pendingSince: UnixSeconds
  firedAt: UnixSeconds | null
  heldAt: UnixSeconds
  resolvedAt: UnixSeconds | null
  frozenSince: UnixSeconds | null
  policy: { name: string; version: number }
  evidence: Evidence
  endEvidence: Evidence | null
  muted: Mute | null
  peakBurn: number | null
  incident: { id: number; title: string } | null
  events: { at: UnixSeconds; kind: AlertEventKind; why: string | null; mute: Mute | null }[]
}

export const backTestSchema = z.object({
  /** nothing: the one in force */
  policies: z.array(slugSchema).max(2, { error: 'Compare at most two policies.' }).default([]),
  days: z
    .number({ error: 'Write the days as a number.' })
    .int({ error: 'Write whole days.' })
    .min(1, { error: 'Look at one day at least.' })
    .max(90, { error: 'Look at 90 days at most.' })
    .default(30),
})
export type BackTestRequest = z.output<typeof backTestSchema>
