import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { HeadroomError } from '../lib/errors'
import { root } from '../scripts/bootstrap.mjs'

/** Points this process at the database of DATABASE_URL, else of the Headroom that runs here. */
export function connectHere(): void {
  if (process.env.DATABASE_URL) return
  const folder = process.env.HEADROOM_DATA ? resolve(process.env.HEADROOM_DATA) : join(root, '.headroom')
  const runtime = join(folder, 'runtime.json')
  if (!existsSync(runtime))
    throw new HeadroomError(
      'NOT_FOUND',
      'No Headroom runs here: start it with npm start, or set DATABASE_URL, or name one with --url.',
    )
  const { databaseUrl } = JSON.parse(readFileSync(runtime, 'utf8')) as { databaseUrl: string }
  process.env.DATABASE_URL = databaseUrl
}
