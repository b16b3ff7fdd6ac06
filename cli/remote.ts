import { problemSchema } from '../lib/api/resources'
import { HeadroomError } from '../lib/errors'

/** Asks the API of another Headroom; `body` makes it a change. A refusal is thrown with the sentence it came with. */
export async function askApi(address: string, path: string, token: string | undefined, body?: unknown): Promise<unknown> {
  const response = await fetch(`${address.replace(/\/$/, '')}${path}`, {
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  }).catch(() => {
    throw new HeadroomError(
      'SOURCE_UNAVAILABLE',
      `Nothing answers at ${new URL(address).origin}: check the address and that Headroom runs there.`,
    )
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer
  const problem = problemSchema.safeParse(answer)
  throw new HeadroomError('INVALID_INPUT', problem.success ? problem.data.detail : `The answer was ${response.status}.`)
}
