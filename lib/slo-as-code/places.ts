import type { ServiceRecord } from '../service/definition-input'
import type { Cursor } from './cursor'
import type { Place } from './fault'

type Field = 'service' | 'budgetPolicy' | keyof ServiceRecord

/** Where fields of a declaration stand that are read as they are, and judged by the portal only later. */
export type Places = Partial<Record<Field, Place>>

export const placesOf = (fields: Partial<Record<Field, Cursor>>): Places =>
  Object.fromEntries(Object.entries(fields).flatMap(([key, field]) => (field.present ? [[key, field.place()]] : [])))

/** What is not written stands with its object. */
export const placeOfField = ({ place, at }: { place: Place; at?: Places }, field: PropertyKey | undefined): Place =>
  at?.[field as Field] ?? place
