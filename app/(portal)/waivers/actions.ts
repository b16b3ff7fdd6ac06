'use server'
import { action } from '@/lib/action'
import { askForWaiver, reviewWaiver, revokeWaiver, signWaiver, withdrawWaiver } from '@/lib/decision/commands-waiver'
import { endedWaiverSchema, newWaiverSchema, signedWaiverSchema } from '@/lib/decision/schema'

export const askWaiverNow = async (input: unknown) => action(newWaiverSchema, (actor, asked) => askForWaiver(actor, asked))(input)
export const signNow = async (input: unknown) => action(signedWaiverSchema, (actor, said) => signWaiver(actor, said))(input)
export const withdrawWaiverNow = async (input: unknown) =>
  action(endedWaiverSchema, (actor, ended) => withdrawWaiver(actor, ended))(input)
export const revokeNow = async (input: unknown) => action(endedWaiverSchema, (actor, ended) => revokeWaiver(actor, ended))(input)
export const reviewNow = async (input: unknown) => action(endedWaiverSchema, (actor, read) => reviewWaiver(actor, read))(input)
