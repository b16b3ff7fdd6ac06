import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { HeadroomError } from '../lib/errors'
import { root } from '../scripts/bootstrap.mjs'

type Runtime = { databaseUrl: string; demoUrl?: string | null }

function runtime(sentence: string): Runtime {
  const folder = process.env.HEADROOM_DATA ? resolve(process.env.HEADROOM_DATA) : join(root, '.headroom')
  const file = join(folder, 'runtime.json')
  if (!existsSync(file)) throw new HeadroomError('NOT_FOUND', sentence)
  return JSON.parse(readFileSync(file, 'utf8')) as Runtime
}

/** The process behind the services of the demo that runs here. */
export function demoHere(): string {
  const { demoUrl } = runtime(
    'No Headroom runs here: start its demo with npm start, or set HEADROOM_DATA to the folder of one that runs.',
  )
  if (!demoUrl) throw new HeadroomError('NOT_FOUND', 'The Headroom that runs here has no demo: there is nothing to break.')
  return demoUrl
}

/** Points this process at the database of DATABASE_URL, else of the Headroom that runs here. */
export function connectHere(): void {
  if (process.env.DATABASE_URL) return
  const sentence =
    'No Headroom runs here: start it with npm start, set HEADROOM_DATA to the folder of one that runs, or DATABASE_URL, or name one with --url.'
  process.env.DATABASE_URL = runtime(sentence).databaseUrl
}
