'use server'
import { action } from '@/lib/action'
import { askAgain, askForRelease, editRequest, tryDecision } from '@/lib/decision/commands'
import { markReleased } from '@/lib/decision/commands-release'
import { sayVerdict, takeBack, tickCondition, withdrawRequest } from '@/lib/decision/commands-say'
import {
  decidedRequestSchema,
  editedRequestSchema,
  movedRequestSchema,
  newRequestSchema,
  releasedRequestSchema,
  tickedRequestSchema,
  tryDecisionSchema,
} from '@/lib/decision/schema'
import { decideAttribution } from '@/lib/release/commands-decide'
import { decisionSchema } from '@/lib/release/schema'

export const decideNow = async (input: unknown) =>
  action(decisionSchema, (actor, decision) => decideAttribution(actor, decision))(input)

export const askNow = async (input: unknown) => action(newRequestSchema, (actor, asked) => askForRelease(actor, asked))(input)
export const tryNow = async (input: unknown) => action(tryDecisionSchema, (actor, asked) => tryDecision(actor, asked))(input)
export const editRequestNow = async (input: unknown) =>
  action(editedRequestSchema, (actor, edit) => editRequest(actor, edit))(input)
export const askAgainNow = async (input: unknown) => action(movedRequestSchema, (actor, asked) => askAgain(actor, asked))(input)
export const verdictNow = async (input: unknown) => action(decidedRequestSchema, (actor, said) => sayVerdict(actor, said))(input)
export const takeBackNow = async (input: unknown) => action(movedRequestSchema, (actor, said) => takeBack(actor, said))(input)
export const withdrawNow = async (input: unknown) =>
  action(movedRequestSchema, (actor, said) => withdrawRequest(actor, said))(input)
export const tickNow = async (input: unknown) => action(tickedRequestSchema, (actor, tick) => tickCondition(actor, tick))(input)
export const releasedNow = async (input: unknown) =>
  action(releasedRequestSchema, (actor, out) => markReleased(actor, out))(input)
