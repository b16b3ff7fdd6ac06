import type { Cursor } from './cursor'
import type { Place } from './fault'

/** Where fields of a declaration stand that are read as they are, and judged by the portal only later. */
export type Places = Partial<Record<'name' | 'description', Place>>

export const placesOf = (fields: Record<keyof Places, Cursor>): Places =>
  Object.fromEntries(Object.entries(fields).flatMap(([key, field]) => (field.present ? [[key, field.place()]] : [])))

/** What is not written stands with its object. */
export const placeOfField = ({ place, at }: { place: Place; at?: Places }, field: PropertyKey | undefined): Place =>
  at?.[field as keyof Places] ?? place
