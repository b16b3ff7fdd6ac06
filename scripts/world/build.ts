import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
// The same hash as the steps before TypeScript can run use.
import { hashOf } from '../bootstrap.mjs'
import { Failure } from './failure'
import { run } from './tools'

const SOURCES = [
  ...['app', 'components', 'lib', 'public', 'proxy.ts', 'next.config.ts', 'postcss.config.mjs'],
  ...['tsconfig.json', 'package-lock.json', 'prisma/schema'],
]

export const nextProgram = resolve('node_modules', 'next', 'dist', 'bin', 'next')

/** Builds the web part when its sources changed since the last build. What the build says is kept in `log`. */
export async function build(say: (note: string) => void, log: string): Promise<void> {
  const stamp = join(process.env.HEADROOM_DIST ?? '.next', 'headroom-build')
  const hash = hashOf(SOURCES)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return say('up to date')
  say('next build')
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  const { code, output } = await run(process.execPath, [nextProgram, 'build'])
  mkdirSync(dirname(log), { recursive: true })
  writeFileSync(log, output)
  if (code !== 0) {
    if (/ENOSPC/.test(output)) throw new Failure('The disk is full: free about 1 GB where the project lies, then start again.')
    throw new Failure(
      `The web part could not be built${reasonIn(output)}. All that was said is in ${log}; mend it and start again.`,
    )
  }
  writeFileSync(stamp, hash)
  say('built')
}

/** The first line that names an error, in brackets. */
function reasonIn(output: string): string {
  const line = output.split('\n').find((text) => /error/i.test(text))
  return line ? ` (${line.trim().slice(0, 200)})` : ''
}
