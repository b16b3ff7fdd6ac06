'use server'
import { action } from '@/lib/action'
import { createService, deleteService, updateService } from '@/lib/service/commands'
import { createServiceSchema, deleteServiceSchema, updateServiceSchema } from '@/lib/service/schema'
import { detachService } from '@/lib/slo-as-code/commands-detach'
import { detachServiceSchema } from '@/lib/slo-as-code/schema'

// Each parses what the browser sends; the types are for those who call.
export const createServiceNow = async (input: unknown) => action(createServiceSchema, createService)(input)
export const updateServiceNow = async (input: unknown) => action(updateServiceSchema, updateService)(input)
export const deleteServiceNow = async (input: unknown) => action(deleteServiceSchema, deleteService)(input)
export const detachServiceNow = async (input: unknown) => action(detachServiceSchema, detachService)(input)
