import 'server-only'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

let known: string | undefined

/** Which build of the pages this process serves: screens that run for weeks load themselves again when it is another one. */
export function buildId(): string {
  known ??= read()
  return known
}

function read(): string {
  try {
    return readFileSync(join(process.env.HEADROOM_DIST ?? '.next', 'BUILD_ID'), 'utf8').trim()
  } catch {
    return 'development'
  }
}
