import { ZodError } from 'zod'
import { HeadroomError } from '../lib/errors'
import { issuesOf } from '../lib/problem'
import { systemSentence } from './system-words'

/** What went wrong, for people at a terminal. */
export const sentenceOf = (error: unknown): string => {
  if (error instanceof ZodError) return issuesOf(error)[0]?.message ?? 'The input cannot be read.'
  if (error instanceof HeadroomError) return error.message
  const { code } = error as Error & { code?: string }
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return 'The database does not answer: start Headroom, or correct DATABASE_URL.'
  return systemSentence(error)
}

export const isWrongUsage = (error: unknown): boolean =>
  error instanceof ZodError || (error instanceof HeadroomError && error.code === 'INVALID_INPUT')
