import 'server-only'
import { HeadroomError } from '../errors'

/** Definitions are small; whatever is larger was sent by mistake. */
const MAX_BYTES = 256 * 1024

/** The JSON body of a request; refused with a sentence when it is none, or larger than `most` bytes. */
export async function bodyOf(request: Request, most = MAX_BYTES): Promise<unknown> {
  if (!(request.headers.get('content-type') ?? '').startsWith('application/json'))
    throw new HeadroomError('INVALID_INPUT', 'Send JSON: content-type: application/json.')
  const text = await limited(request, most)
  try {
    return JSON.parse(text)
  } catch {
    throw new HeadroomError('INVALID_INPUT', 'The body is not JSON.')
  }
}

async function limited(request: Request, most: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += (chunk as Uint8Array).byteLength
    if (size > most) throw new HeadroomError('INVALID_INPUT', `The body is larger than ${most / 1024} KB. Shorten it.`)
    text += decoder.decode(chunk as Uint8Array, { stream: true })
  }
  return text + decoder.decode()
}
