'use server'
import { action } from '@/lib/action'
import { changedChannelSchema, newChannelSchema } from '@/lib/notify/channel'
import { changeChannel, createChannel, deleteChannel, testChannel } from '@/lib/notify/commands'
import { namedChannelSchema, removalSchema } from '@/lib/notify/schema'

export const createNow = async (input: unknown) => action(newChannelSchema, createChannel)(input)
export const changeNow = async (input: unknown) => action(changedChannelSchema, changeChannel)(input)
export const removeNow = async (input: unknown) => action(removalSchema, deleteChannel)(input)
export const testNow = async (input: unknown) => action(namedChannelSchema, (actor, named) => testChannel(actor, named))(input)
