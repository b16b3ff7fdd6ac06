#!/usr/bin/env node
// npx headroom: hands over to TypeScript, with the conditions that code of the server needs.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fail, nodeProblem, root, typescript } from '../scripts/bootstrap.mjs'

const old = nodeProblem(process.version)
if (old) fail(old)
// These read files only, and start in half the time without the rest.
const offline = ['lint', 'rules'].includes(process.argv[2])
if (!offline && !existsSync(join(root, 'lib', 'db', 'generated')))
  fail('Headroom is not set up yet: run npm start once, then try again.')
const { status } = spawnSync(
  process.execPath,
  [...typescript(offline ? 'cli/offline.ts' : 'cli/main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
process.exit(status ?? 1)
