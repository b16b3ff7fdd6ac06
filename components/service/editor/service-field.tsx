'use client'
import { createContext, useContext } from 'react'
import { Field, type FieldProps } from '@/components/ui/field'
import type { ServiceDraft } from '@/lib/service/draft'

/** Fields of the form that files say: they are changed there. */
export const SaidByFiles = createContext<readonly (keyof ServiceDraft)[]>([])

/** A field of the service, closed where files say it. */
export function ServiceField({ of, hint, ...field }: FieldProps & { of: keyof ServiceDraft }) {
  const said = useContext(SaidByFiles).includes(of)
  return said ? (
    <fieldset className="e-said" disabled>
      <Field hint="It comes from Git." {...field} />
    </fieldset>
  ) : (
    <Field hint={hint} {...field} />
  )
}
