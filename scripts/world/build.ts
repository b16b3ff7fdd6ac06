import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
// The same hash as the steps before TypeScript can run use.
import { hashOf } from '../bootstrap.mjs'
import { Failure } from './failure'
import { run } from './tools'

const SOURCES = [
  ...['app', 'components', 'lib', 'public', 'proxy.ts', 'next.config.ts', 'postcss.config.mjs'],
  ...['tsconfig.json', 'package-lock.json', 'prisma/schema'],
]

export const nextProgram = resolve('node_modules', 'next', 'dist', 'bin', 'next')

/** Builds the web part when its sources changed since the last build. */
export async function build(say: (note: string) => void): Promise<void> {
  const stamp = join(process.env.HEADROOM_DIST ?? '.next', 'headroom-build')
  const hash = hashOf(SOURCES)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return say('up to date')
  say('next build')
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  const { code, output } = await run(process.execPath, [nextProgram, 'build'])
  if (code !== 0) {
    if (/ENOSPC/.test(output)) throw new Failure('The disk is full: free about 1 GB where the project lies, then start again.')
    throw new Failure(`The web part could not be built:\n${output.trim().split('\n').slice(-30).join('\n')}`)
  }
  writeFileSync(stamp, hash)
  say('built')
}
