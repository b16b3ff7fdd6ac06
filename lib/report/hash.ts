import { createHash } from 'node:crypto'

/** JSON with the keys of every object in one order: the same content is the same bytes, wherever it was kept. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`
}

/** SHA-256 of the canonical JSON, hex. */
export const hashOf = (document: unknown): string => createHash('sha256').update(canonicalJson(document)).digest('hex')

/** The value as it comes back from where it is kept: no −0, no undefined. */
export const settled = <T>(value: T): T => JSON.parse(canonicalJson(value)) as T
