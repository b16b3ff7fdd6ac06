'use server'
import { action } from '@/lib/action'
import { createBudgetPolicy, deleteBudgetPolicy, updateBudgetPolicy } from '@/lib/policy/commands'
import { agreeToPolicy } from '@/lib/policy/commands-agree'
import { assignBudgetPolicy } from '@/lib/policy/commands-assign'
import {
  agreeSchema,
  budgetAssignmentSchema,
  budgetPolicyInputSchema,
  deleteBudgetPolicySchema,
  updateBudgetPolicySchema,
} from '@/lib/policy/schema'

export const createBudgetPolicyNow = async (input: unknown) => action(budgetPolicyInputSchema, createBudgetPolicy)(input)
export const updateBudgetPolicyNow = async (input: unknown) =>
  action(updateBudgetPolicySchema, (actor, change) => updateBudgetPolicy(actor, change))(input)
export const deleteBudgetPolicyNow = async (input: unknown) => action(deleteBudgetPolicySchema, deleteBudgetPolicy)(input)
export const assignBudgetPolicyNow = async (input: unknown) => action(budgetAssignmentSchema, assignBudgetPolicy)(input)
export const agreeNow = async (input: unknown) => action(agreeSchema, (actor, word) => agreeToPolicy(actor, word))(input)
