import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import type { Role } from '../lib/auth/role'

/** The `headroom` command against the demo that the tests use. */
export const here = {
  env: { ...process.env, HEADROOM_DATA: process.env.E2E_DATA },
  encoding: 'utf8',
} as const

/** What `npx headroom` runs, without the second that npx takes to find it. */
export const run = (args: string[], how: typeof here = here) => spawnSync(process.execPath, ['cli/headroom.mjs', ...args], how)

const tokens = new Map<Role, Promise<string>>()

/** An API token of a role; one per role and worker. */
export function tokenFor(role: Role): Promise<string> {
  const made =
    tokens.get(role) ??
    promisify(execFile)(
      process.execPath,
      ['cli/headroom.mjs', 'token', 'create', '--name', `tests, ${role}`, '--role', role],
      here,
    ).then(({ stdout }) => stdout.split('\n')[0] ?? '')
  tokens.set(role, made)
  return made
}
