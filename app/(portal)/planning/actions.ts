'use server'
import { action } from '@/lib/action'
import { savePlan } from '@/lib/priority/commands'
import { planSchema } from '@/lib/priority/schema'

export const savePlanNow = async (input: unknown) => action(planSchema, (actor, plan) => savePlan(actor, plan))(input)
