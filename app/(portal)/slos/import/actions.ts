'use server'
import { action } from '@/lib/action'
import { importFiles } from '@/lib/slo-as-code/commands-import'
import { importSchema, readSchema } from '@/lib/slo-as-code/import-schema'
import { readSource } from '@/lib/slo-as-code/reads-import'

export const readNow = async (input: unknown) => action(readSchema, readSource)(input)
export const importNow = async (input: unknown) => action(importSchema, importFiles)(input)
