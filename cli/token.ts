import { disconnect } from '../lib/db/client'
import { createToken } from '../lib/token/commands'
import { newTokenSchema } from '../lib/token/schema'
import { connectHere } from './connection'

export type TokenOptions = { name: string; role: string; days?: number }

/** Whoever can reach the database may make tokens: this is how the first one comes into being. */
export async function create(options: TokenOptions): Promise<string> {
  const input = newTokenSchema.parse(options)
  connectHere()
  try {
    const { secret, expiresAt } = await createToken({ type: 'system', job: 'cli' }, input)
    const until = expiresAt ? `valid until ${expiresAt.toISOString().slice(0, 16)} UTC` : 'valid until it is revoked'
    return `${secret}\n\n“${input.name}”, role ${input.role}, ${until}. It is shown only this once.`
  } finally {
    await disconnect()
  }
}
