#!/usr/bin/env node
// npx headroom: runs a bundle; where none can be made, TypeScript with the conditions of the server.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail, installed, nodeProblem, root, typescript } from '../scripts/bootstrap.mjs'
import { bundled, CLIENT } from './bundle.mjs'

const old = nodeProblem(process.version)
if (old) fail(old)
if (!installed())
  fail('The packages of Headroom are not installed yet: run npm ci, or npm start for all of it, and then this command again.')

/** These need no database and no network. */
const OFFLINE = ['lint', 'convert', 'rules', 'dashboards', 'help', '--version', '-V']
const [, , command, ...rest] = process.argv
const offline =
  command === undefined || OFFLINE.includes(command) || [command, ...rest].some((word) => /^(-h|--help)$/.test(word))
/** A Prometheus is asked directly, and no portal. */
const named = (option) => rest.some((word) => word === option || word.startsWith(`${option}=`))
const direct = command === 'drift' && named('--prometheus') && !named('--url')
if (!offline && !direct && !existsSync(join(root, CLIENT)))
  fail('Headroom is not set up yet: run npm start once, then try again.')
const bundle = await bundled()
if (bundle) await import(pathToFileURL(bundle).href)
else {
  const { status } = spawnSync(process.execPath, [...typescript('cli/main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(status ?? 1)
}
