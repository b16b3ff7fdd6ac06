'use server'
import { action } from '@/lib/action'
import { createSlos, deleteSlo, restoreVersion, undeleteSlo, updateSlo } from '@/lib/slo/commands-define'
import { createSlosSchema, deleteSloSchema, restoreVersionSchema, sloInputSchema, updateSloSchema } from '@/lib/slo/schema'

// Each parses what the browser sends; the types are for those who call.
export const createNow = async (input: unknown) => action(createSlosSchema, createSlos)(input)
export const updateNow = async (input: unknown) => action(updateSloSchema, updateSlo)(input)
export const deleteNow = async (input: unknown) => action(deleteSloSchema, deleteSlo)(input)
export const undeleteNow = async (input: unknown) => action(sloInputSchema, undeleteSlo)(input)
export const restoreNow = async (input: unknown) => action(restoreVersionSchema, restoreVersion)(input)
