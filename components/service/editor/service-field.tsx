'use client'
import { createContext, type ReactNode, useContext } from 'react'
import { Field, type FieldProps } from '@/components/ui/field'
import type { ServiceDraft } from '@/lib/service/draft'

type Name = keyof ServiceDraft

/** Fields of the form that files say: they are changed there. */
export const SaidByFiles = createContext<readonly Name[]>([])

export const useSaid = (name: Name): boolean => useContext(SaidByFiles).includes(name)
export const FROM_GIT = 'It comes from Git.'

/** Closes what stands in it where files say it. */
export function ClosedIfSaid({ of, children }: { of: Name; children: ReactNode }) {
  return useSaid(of) ? (
    <fieldset className="e-said" disabled>
      {children}
    </fieldset>
  ) : (
    children
  )
}

/** A field of the service, closed where files say it. */
export function ServiceField({ of, hint, ...field }: FieldProps & { of: Name }) {
  const said = useSaid(of)
  return (
    <ClosedIfSaid of={of}>
      <Field hint={said ? FROM_GIT : hint} {...field} />
    </ClosedIfSaid>
  )
}
