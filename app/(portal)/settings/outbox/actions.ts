'use server'
import { action } from '@/lib/action'
import { cancelMessage, replayMessage } from '@/lib/notify/commands-outbox'
import { namedMessageSchema } from '@/lib/notify/schema'

export const replayNow = async (input: unknown) => action(namedMessageSchema, replayMessage)(input)
export const cancelNow = async (input: unknown) => action(namedMessageSchema, cancelMessage)(input)
