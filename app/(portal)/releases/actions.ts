'use server'
import { action } from '@/lib/action'
import { decideAttribution } from '@/lib/release/commands-decide'
import { decisionSchema } from '@/lib/release/schema'

export const decideNow = async (input: unknown) =>
  action(decisionSchema, (actor, decision) => decideAttribution(actor, decision))(input)
