import { HeadroomError } from '../lib/errors'

/** Refuses what fetch would not go to; “localhost:3000” is an address to a computer, with the scheme localhost. */
export function checkAddress(text: string, example: string): void {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return
  throw new HeadroomError('INVALID_INPUT', `“${text}” is no address: it begins with http:// or https://, for example ${example}.`)
}
