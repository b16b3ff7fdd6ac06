'use server'
import { action } from '@/lib/action'
import { captureAction, captureDecision, conductReview, takeBackCaptured, tickChecklist } from '@/lib/review/commands'
import { changeOpenAction, settleCarried } from '@/lib/review/commands-actions'
import { closeReview } from '@/lib/review/commands-close'
import { createCycle, deleteCycle, updateCycle } from '@/lib/review/commands-cycle'
import { skipReview, startReview } from '@/lib/review/commands-start'
import {
  actionChangeSchema,
  actionSchema,
  carriedSchema,
  closeSchema,
  conductSchema,
  cycleInputSchema,
  decisionSchema,
  deleteCycleSchema,
  skipSchema,
  startSchema,
  takeBackSchema,
  tickSchema,
  updateCycleSchema,
} from '@/lib/review/schema'

export const createCycleNow = async (input: unknown) => action(cycleInputSchema, createCycle)(input)
export const updateCycleNow = async (input: unknown) => action(updateCycleSchema, updateCycle)(input)
export const deleteCycleNow = async (input: unknown) => action(deleteCycleSchema, deleteCycle)(input)
export const startReviewNow = async (input: unknown) => action(startSchema, (actor, cycle) => startReview(actor, cycle))(input)
export const skipReviewNow = async (input: unknown) => action(skipSchema, (actor, skip) => skipReview(actor, skip))(input)
export const conductNow = async (input: unknown) => action(conductSchema, (actor, verb) => conductReview(actor, verb))(input)
export const captureDecisionNow = async (input: unknown) =>
  action(decisionSchema, (actor, decision) => captureDecision(actor, decision))(input)
export const captureActionNow = async (input: unknown) => action(actionSchema, captureAction)(input)
export const takeBackNow = async (input: unknown) => action(takeBackSchema, takeBackCaptured)(input)
export const tickNow = async (input: unknown) => action(tickSchema, (actor, tick) => tickChecklist(actor, tick))(input)
export const settleCarriedNow = async (input: unknown) => action(carriedSchema, settleCarried)(input)
export const closeReviewNow = async (input: unknown) => action(closeSchema, (actor, review) => closeReview(actor, review))(input)
export const changeActionNow = async (input: unknown) =>
  action(actionChangeSchema, (actor, change) => changeOpenAction(actor, change))(input)
