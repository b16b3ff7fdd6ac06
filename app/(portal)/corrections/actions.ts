'use server'
import { action } from '@/lib/action'
import { decideCorrection, requestCorrection, withdrawCorrection } from '@/lib/correction/commands'
import { decisionSchema, newCorrectionSchema, withdrawalSchema } from '@/lib/correction/schema'

export const requestNow = async (input: unknown) =>
  action(newCorrectionSchema, (actor, asked) => requestCorrection(actor, asked))(input)
export const decideNow = async (input: unknown) =>
  action(decisionSchema, (actor, decision) => decideCorrection(actor, decision))(input)
export const withdrawNow = async (input: unknown) =>
  action(withdrawalSchema, (actor, withdrawal) => withdrawCorrection(actor, withdrawal))(input)
