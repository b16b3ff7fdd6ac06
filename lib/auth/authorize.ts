import { HeadroomError } from '../errors'

/** First line of every read and command: `authorize(canRefreshSlo(actor), 'Only …')`. */
export function authorize(allowed: boolean, sentence = 'You may not do this.'): void {
  if (!allowed) throw new HeadroomError('FORBIDDEN', sentence)
}
