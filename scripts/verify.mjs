// npm run verify: everything that needs no database, in seconds.
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bootstrap, root } from './bootstrap.mjs'

await bootstrap()
const bin = (name, file) => join(root, 'node_modules', name, file)
const results = process.env.HEADROOM_RESULTS
const unitReport = results ? ['--reporter=default', '--reporter=json', `--outputFile.json=${join(results, 'unit.json')}`] : []

const CHECKS = [
  {
    name: 'fence',
    args: [
      bin('dependency-cruiser', 'bin/dependency-cruise.mjs'),
      'app',
      'components',
      'lib',
      'cli',
      'scripts',
      'prisma',
      'bench',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err-long',
    ],
  },
  { name: 'lint and format', args: [bin('@biomejs/biome', 'bin/biome'), 'check', '.'] },
  { name: 'types', args: [bin('typescript-native', 'bin/tsc'), '--noEmit', '-p', '.'] },
  { name: 'dead code', args: [bin('knip', 'bin/knip.js')] },
  { name: 'unit tests', args: [bin('vitest', 'vitest.mjs'), 'run', '--project', 'unit', ...unitReport] },
]

/** A fence that looked at nothing is no fence. */
const emptyFence = (name, output) => name === 'fence' && !/[1-9]\d* modules/.test(output)

function check({ name, args }) {
  const began = Date.now()
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
      })
    child.on('close', (code) => {
      const ok = code === 0 && !emptyFence(name, output)
      process.stdout.write(`  ${ok ? '✓' : '✗'} ${name.padEnd(20)} ${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s\n`)
      if (!ok) process.stdout.write(`${output}\n`)
      resolve(ok)
    })
  })
}

if (results) mkdirSync(results, { recursive: true })
const queue = [...CHECKS]
const outcomes = []
const worker = async () => {
  for (let next = queue.shift(); next; next = queue.shift()) outcomes.push({ name: next.name, ok: await check(next) })
}
await Promise.all([worker(), worker()])
if (results) writeFileSync(join(results, 'verify.json'), JSON.stringify(outcomes))
process.exit(outcomes.every(({ ok }) => ok) ? 0 : 1)
