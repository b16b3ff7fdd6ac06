import { HeadroomError } from '../errors'

/** What is refused while many are written says which of them it is about. */
export const about =
  (key: string) =>
  (error: unknown): never => {
    if (!(error instanceof HeadroomError) || error.message.startsWith(`${key}: `)) throw error
    throw new HeadroomError('CONFLICT', `${key}: ${error.message}`, error.issues, error.extension)
  }
