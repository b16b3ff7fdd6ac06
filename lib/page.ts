import 'server-only'
import { notFound } from 'next/navigation'
import { ZodError } from 'zod'
import { HeadroomError } from './errors'

/** A read for a page: what is not there, or cannot be an address, is the page for that. */
export async function orNotFound<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof ZodError || (error instanceof HeadroomError && error.code === 'NOT_FOUND')) notFound()
    throw error
  }
}
