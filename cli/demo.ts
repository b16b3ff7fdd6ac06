import { HeadroomError } from '../lib/errors'
import { demoHere } from './connection'

export type FaultOptions = { service: string; share?: number; minutes?: number }

/** Breaks a service of the demo: its requests really fail, and everything that follows from that does. */
export async function breakService({ service, share = 1, minutes = 30 }: FaultOptions): Promise<string> {
  await ask('POST', '', { service, share, minutes })
  return `${Math.round(share * 100)} % of the requests of ${service} fail for ${minutes} minutes. End it earlier: npx headroom demo mend --service ${service}`
}

export async function mendService({ service }: FaultOptions): Promise<string> {
  const { mended } = (await ask('DELETE', `?${new URLSearchParams({ service })}`)) as { mended: boolean }
  return mended ? `${service} works again.` : `${service} was not broken.`
}

async function ask(method: string, query: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${demoHere()}/faults${query}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const answer = (await response.json()) as { message?: string }
  if (!response.ok) throw new HeadroomError('INVALID_INPUT', answer.message ?? `The demo answered ${response.status}.`)
  return answer
}
