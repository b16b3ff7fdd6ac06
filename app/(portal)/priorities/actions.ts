'use server'
import { action } from '@/lib/action'
import { estimatePriority, setTeamSize } from '@/lib/priority/commands'
import { estimateSchema, sizeSchema } from '@/lib/priority/schema'

export const estimateNow = async (input: unknown) =>
  action(estimateSchema, (actor, estimate) => estimatePriority(actor, estimate))(input)
export const setSizeNow = async (input: unknown) => action(sizeSchema, setTeamSize)(input)
