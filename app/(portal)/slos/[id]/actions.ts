'use server'
import { action } from '@/lib/action'
import { refreshSlo, verifySlo } from '@/lib/slo/commands'
import { sloInputSchema } from '@/lib/slo/schema'

export const refreshNow = async (input: { sloId: number }) =>
  action(sloInputSchema, (actor, fields) => refreshSlo(actor, fields))(input)

export const verifyNow = async (input: { sloId: number }) => action(sloInputSchema, verifySlo)(input)
