import { z } from 'zod'
import { slugSchema } from '../slo/definition-input'
import { serviceDefinitionSchema } from './definition-input'

const version = z.number({ error: 'Say which version was edited.' }).int().positive()

export const createServiceSchema = z.object({ definition: serviceDefinitionSchema })
export const changeServiceSchema = z.object({ version, definition: serviceDefinitionSchema })
export const updateServiceSchema = changeServiceSchema.extend({ slug: slugSchema })
export const deleteServiceSchema = z.object({ slug: slugSchema, version })
