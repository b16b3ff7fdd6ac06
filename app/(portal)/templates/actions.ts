'use server'
import { action } from '@/lib/action'
import { makeTemplate, removeTemplate } from '@/lib/template/commands'
import { makeTemplateSchema, removeTemplateSchema } from '@/lib/template/schema'

export const makeNow = async (input: unknown) => action(makeTemplateSchema, makeTemplate)(input)
export const removeNow = async (input: unknown) => action(removeTemplateSchema, removeTemplate)(input)
