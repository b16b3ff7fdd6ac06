import { get, useFormContext, useFormState } from 'react-hook-form'

/** The sentence at a field of the form around it. */
export function useErrorAt(): (field: string) => string | undefined {
  const { control } = useFormContext()
  const { errors } = useFormState({ control })
  return (field) => (get(errors, field) as { message?: string } | undefined)?.message
}
