import { type FieldErrors, get, type Resolver, set } from 'react-hook-form'
import { type ServiceDefinition, serviceDefinitionSchema } from '@/lib/service/definition-input'
import { fieldOfServicePath, type ServiceDraft, serviceInputOf } from '@/lib/service/draft'

/** The definition that a draft makes; what it cannot make yet was said at the fields. */
export const definitionOfDraft = (draft: ServiceDraft): ServiceDefinition => serviceDefinitionSchema.parse(serviceInputOf(draft))

export const serviceResolver: Resolver<ServiceDraft> = (draft) => {
  const parsed = serviceDefinitionSchema.safeParse(serviceInputOf(draft))
  if (parsed.success) return { values: draft, errors: {} }
  const errors: FieldErrors<ServiceDraft> = {}
  for (const { path, message } of parsed.error.issues) {
    const field = fieldOfServicePath(path.join('.'))
    if (!get(errors, field)) set(errors, field, { type: 'schema', message })
  }
  return { values: {}, errors }
}
