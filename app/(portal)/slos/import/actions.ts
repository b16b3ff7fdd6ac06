'use server'
import { action } from '@/lib/action'
import { readSchema } from '@/lib/slo-as-code/import-schema'
import { readSource } from '@/lib/slo-as-code/reads-import'

export const readNow = async (input: unknown) => action(readSchema, readSource)(input)
