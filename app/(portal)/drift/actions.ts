'use server'
import { action } from '@/lib/action'
import { checkDrift } from '@/lib/drift/commands-check'
import { checkDriftSchema } from '@/lib/drift/schema'

export const checkNow = async (input: unknown) => action(checkDriftSchema, (actor, asked) => checkDrift(actor, asked))(input)
