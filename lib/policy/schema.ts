import { z } from 'zod'
import { scopeSchema, type Use } from '../alert/schema'
import type { Role } from '../auth/role'
import { nameText, plainText, slugSchema } from '../slo/definition-input'
import type { UnixSeconds } from '../time-series/units'
import { type BudgetPolicy, budgetPolicySchema } from './budget-policy'

const RESERVED = ['new', 'preview']
const policySlugSchema = slugSchema.refine((slug) => !RESERVED.includes(slug), { error: 'This name is taken. Choose another.' })

/** A policy as people and programs write it. */
export const budgetPolicyInputSchema = z.object({
  name: nameText('a name', 80).min(1, { error: 'Give the policy a name people will recognise.' }),
  slug: policySlugSchema,
  description: plainText('a description', 500).default(''),
  settings: budgetPolicySchema,
})
export type BudgetPolicyInput = z.output<typeof budgetPolicyInputSchema>

const version = z.number({ error: 'Say which version is meant.' }).int().positive()
export const budgetPolicyChangeSchema = z.object({
  version: version.meta({ description: 'the version that was edited' }),
  policy: budgetPolicyInputSchema,
})
export const updateBudgetPolicySchema = budgetPolicyChangeSchema.extend({ slug: slugSchema })
export const deleteBudgetPolicySchema = z.object({ slug: slugSchema, version })

/** `null`: what is wider holds again */
export const budgetAssignmentSchema = z.object({ scope: scopeSchema, policy: slugSchema.nullable() })

export const agreementSchema = z.object({
  version: version.meta({ description: 'the version that is agreed to; refused when there is a newer one' }),
  agrees: z.boolean({ error: 'Say true to agree, or false to take it back.' }),
})
export const agreeSchema = agreementSchema.extend({ slug: slugSchema })

export const previewRequestSchema = z.object({
  settings: budgetPolicySchema,
  /** the policy whose place the settings would take; nothing: everywhere */
  of: slugSchema.nullable().default(null),
})
export type PreviewRequest = z.output<typeof previewRequestSchema>

/** Somebody stands for a version in the name of a role. */
export type Agreement = { role: Role; personId: string; name: string; at: UnixSeconds }

export type BudgetPolicyInfo = {
  id: number
  slug: string
  name: string
  description: string
  preset: boolean
  version: number
  settings: BudgetPolicy
  /** `false`: what is stored cannot be read, the next wider policy holds, and `settings` are those of Standard */
  readable: boolean
  uses: Use[]
  /** it holds where nothing is assigned */
  fallback: boolean
  /** how many it holds for now */
  services: number
  slos: number
  /** to the present version, and the roles that still have to */
  agreements: Agreement[]
  open: Role[]
}

export type BudgetPolicyDetail = BudgetPolicyInfo & {
  versions: { version: number; at: UnixSeconds; author: string; changes: string[]; agreements: Agreement[] }[]
}

/** Which policy holds for a service, to link to. */
export type PolicyLink = Pick<BudgetPolicyInfo, 'slug' | 'name' | 'version'>
