import type { z } from 'zod'
import { problemSchema } from '../lib/api/resources'
import { HeadroomError } from '../lib/errors'
import { codeOf } from '../lib/problem'
import { checkAddress } from './address'

/** Headroom did not say anything: nothing answers there, or what does is broken. */
export class NoAnswer extends HeadroomError {
  constructor(message: string) {
    super('SOURCE_UNAVAILABLE', message)
  }
}

const PATIENCE = 30_000

/** Asks the API of another Headroom; `body` makes it a change. A refusal is thrown with the sentence it came with. */
export async function askApi(
  address: string,
  path: string,
  token: string | undefined,
  body?: unknown,
  headers: Record<string, string> = {},
  patience = PATIENCE,
): Promise<unknown> {
  checkAddress(address, 'https://headroom.example.org')
  const response = await fetch(`${address.replace(/\/$/, '')}${path}`, {
    signal: AbortSignal.timeout(patience),
    headers: {
      ...headers,
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  }).catch(() => {
    throw new NoAnswer(`Nothing answers at ${new URL(address).origin}: check the address and that Headroom runs there.`)
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (response.ok && answer !== undefined) return answer
  const problem = problemSchema.safeParse(answer)
  if (response.status >= 500)
    throw new NoAnswer(problem.success ? problem.data.detail : `Headroom answers with ${response.status}.`)
  if (!problem.success)
    throw new HeadroomError(
      'SOURCE_REFUSED',
      `What answers at ${new URL(address).origin} is no Headroom (${response.status}): check the address.`,
    )
  const { faults, plan } = answer as Record<string, unknown>
  throw new HeadroomError(codeOf(response.status), problem.data.detail, [], { status: response.status, faults, plan })
}

/** What was answered, as this version knows it. */
export function answerOf<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const known = schema.safeParse(answer)
  if (known.success) return known.data
  throw new HeadroomError('SOURCE_REFUSED', 'Headroom answers in another way than this command knows. Use the same version.')
}
