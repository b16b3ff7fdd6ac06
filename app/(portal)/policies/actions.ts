'use server'
import { action } from '@/lib/action'
import { createAlertPolicy, deleteAlertPolicy, updateAlertPolicy } from '@/lib/alert/commands'
import { assignAlertPolicy } from '@/lib/alert/commands-assign'
import { assignmentSchema, deletePolicySchema, policyInputSchema, updatePolicySchema } from '@/lib/alert/schema'

export const createPolicyNow = async (input: unknown) => action(policyInputSchema, createAlertPolicy)(input)
export const updatePolicyNow = async (input: unknown) =>
  action(updatePolicySchema, (actor, change) => updateAlertPolicy(actor, change))(input)
export const deletePolicyNow = async (input: unknown) => action(deletePolicySchema, deleteAlertPolicy)(input)
export const assignPolicyNow = async (input: unknown) =>
  action(assignmentSchema, (actor, assignment) => assignAlertPolicy(actor, assignment))(input)
