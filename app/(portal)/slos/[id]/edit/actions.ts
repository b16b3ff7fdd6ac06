'use server'
import { action } from '@/lib/action'
import { detachSlo } from '@/lib/slo-as-code/commands-detach'
import { detachSchema } from '@/lib/slo-as-code/schema'

export const detachNow = async (input: unknown) => action(detachSchema, detachSlo)(input)
