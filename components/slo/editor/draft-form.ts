import { type FieldErrors, get, type Resolver, set } from 'react-hook-form'
import { type SloDefinitionRecord, sloDefinitionSchema } from '@/lib/slo/definition-input'
import { fieldOfPath, inputsOf, type SloDraft } from '@/lib/slo/draft'

export type FieldMessage = { field: string; message: string }
export type ReadDraft = {
  definitions: SloDefinitionRecord[]
  /** the first objective, which the preview is about, while others may be unfinished */
  first: SloDefinitionRecord | undefined
  messages: FieldMessage[]
}

/** The draft as definitions, or what keeps it from being one, at the fields. */
export function readDraft(draft: SloDraft): ReadDraft {
  const definitions: SloDefinitionRecord[] = []
  const messages: FieldMessage[] = []
  let first: SloDefinitionRecord | undefined
  inputsOf(draft).forEach((input, objective) => {
    const parsed = sloDefinitionSchema.safeParse(input)
    if (parsed.success) {
      definitions.push(parsed.data)
      if (objective === 0) first = parsed.data
    } else
      for (const { path, message } of parsed.error.issues)
        messages.push({ field: fieldOfPath(path.join('.'), objective), message })
  })
  return { definitions, first, messages }
}

export const draftResolver: Resolver<SloDraft> = (draft) => {
  const { messages } = readDraft(draft)
  const errors: FieldErrors<SloDraft> = {}
  for (const { field, message } of messages) if (!get(errors, field)) set(errors, field, { type: 'schema', message })
  return messages.length > 0 ? { values: {}, errors } : { values: draft, errors: {} }
}
