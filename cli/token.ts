import { disconnect } from '../lib/db/client'
import { HeadroomError } from '../lib/errors'
import { createToken, revokeToken } from '../lib/token/commands'
import { livingTokens, type TokenRow } from '../lib/token/reads'
import { newTokenSchema } from '../lib/token/schema'
import { connectHere } from './connection'

export type TokenOptions = { name: string; role: string; days?: number }

/** Whoever can reach the database may make, see and end tokens: this is how the first one comes into being. */
const SYSTEM = { type: 'system', job: 'cli' } as const

async function here<T>(work: () => Promise<T>): Promise<T> {
  connectHere()
  try {
    return await work()
  } finally {
    await disconnect()
  }
}

const dayOf = (at: Date | null): string | undefined => at?.toISOString().slice(0, 16).replace('T', ' ')

export async function create(options: TokenOptions): Promise<string> {
  const input = newTokenSchema.parse(options)
  const { secret, expiresAt } = await here(() => createToken(SYSTEM, input))
  const until = expiresAt ? `valid until ${dayOf(expiresAt)} UTC` : 'valid until it is revoked'
  return `${secret}\n\n“${input.name}”, role ${input.role}, ${until}. It is shown only this once.`
}

/** Those that open the API now, by the first characters of their secrets. */
export async function list(): Promise<string> {
  const tokens = await here(() => livingTokens(SYSTEM))
  if (tokens.length === 0) return 'No token opens the API.'
  const rows = [
    ['TOKEN', 'NAME', 'ROLE', 'MADE BY', 'LAST USED', 'VALID UNTIL'],
    ...tokens.map(({ prefix, name, role, createdBy, lastUsedAt, expiresAt }) => [
      ...[`${prefix}…`, name, role, createdBy],
      ...[dayOf(lastUsedAt) ?? 'never', dayOf(expiresAt) ?? 'it is revoked'],
    ]),
  ]
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** By its name, or the first characters of its secret where several have that name. */
export async function revoke({ token }: { token: string }): Promise<string> {
  return here(async () => {
    const found = tokenOf(await livingTokens(SYSTEM), token.replace(/…$/, ''))
    await revokeToken(SYSTEM, found.id)
    return `“${found.name}”, ${found.prefix}…, opens nothing any more.`
  })
}

function tokenOf(tokens: TokenRow[], asked: string): TokenRow {
  const found = tokens.filter(({ name, prefix }) => name === asked || prefix === asked)
  const [only, ...more] = found
  if (!only) throw new HeadroomError('NOT_FOUND', `No token that is valid is called ${asked}. “headroom token list” shows all.`)
  if (more.length > 0)
    throw new HeadroomError(
      'CONFLICT',
      `${found.length} tokens are called ${asked}. Name one by its first characters: ${found.map(({ prefix }) => prefix).join(', ')}.`,
    )
  return only
}
