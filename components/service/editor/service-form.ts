import { resolverOf } from '@/components/ui/use-saving'
import { type ServiceDefinition, serviceDefinitionSchema } from '@/lib/service/definition-input'
import { fieldOfServicePath, type ServiceDraft, serviceInputOf } from '@/lib/service/draft'

/** The definition that a draft makes; what it cannot make yet was said at the fields. */
export const definitionOfDraft = (draft: ServiceDraft): ServiceDefinition => serviceDefinitionSchema.parse(serviceInputOf(draft))

export const serviceResolver = resolverOf<ServiceDraft>(serviceDefinitionSchema, serviceInputOf, fieldOfServicePath)
