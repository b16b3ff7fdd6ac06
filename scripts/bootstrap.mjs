// What has to be there before anything of the project can run. Uses Node alone, and must parse on old versions of it.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Ends with one sentence that says what to do. */
export function fail(sentence) {
  process.stderr.write(`\n  ✗ ${sentence}\n\n`)
  process.exit(1)
}

/** What Prisma and Next.js run on: from these minors on, and everything from the last line's major on. package.json says the same. */
const NODE_LINES = [
  [20, 19],
  [22, 12],
  [24, 0],
]

/** A sentence when this Node cannot run the project, else null. */
export function nodeProblem(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number)
  const newest = NODE_LINES[NODE_LINES.length - 1]
  if (major > newest[0] || NODE_LINES.some(([line, from]) => major === line && minor >= from)) return null
  return `Node ${version} cannot run Headroom: install Node 24 or newer (20.19 and 22.12 and what follows them do as well) from https://nodejs.org and run the command again.`
}

/** The sentence for what npm said when it could not install. */
export function installProblem(output) {
  if (/ENOSPC/.test(output)) return 'The disk is full: free about 2 GB where the project lies, then run the command again.'
  if (/EACCES|EPERM|EROFS/.test(output))
    return `No right to write into ${root}: make the folder yours (chown), or clone the project where you may write.`
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET/.test(output))
    return 'The npm registry cannot be reached: check the network, or set the registry of your company with npm config set registry.'
  const last =
    output
      .trim()
      .split('\n')
      .filter((line) => /npm (error|ERR!)/.test(line))[0] ?? ''
  return `Dependencies could not be installed. ${last.replace(/npm (error|ERR!)\s*/, '')} Run npm ci to see all of it.`
}

const sha = (text) => createHash('sha256').update(text).digest('hex')

export function hashOf(paths) {
  const parts = []
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const child = join(path, entry.name)
      if (entry.isDirectory()) visit(child)
      else parts.push(child.slice(root.length), sha(readFileSync(child)))
    }
  }
  for (const path of paths.map((name) => join(root, name)).filter(existsSync)) {
    try {
      visit(path)
    } catch (error) {
      if (error.code !== 'ENOTDIR') throw error
      parts.push(path.slice(root.length), sha(readFileSync(path)))
    }
  }
  return sha(parts.join('\n'))
}

function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      output += chunk
    })
    child.on('error', (error) => resolve({ code: 1, output: String(error) }))
    child.on('close', (code) => resolve({ code, output }))
  })
}

/** Says what is being done, and how long it took. */
export async function step(title, work) {
  const began = Date.now()
  if (process.stdout.isTTY) process.stdout.write(`  … ${title}`)
  const note = await work()
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  const line = `  ✓ ${title.padEnd(34)} ${String(note ?? '').padEnd(36)} ${seconds.padStart(6)} s`
  process.stdout.write(process.stdout.isTTY ? `\r${line}\n` : `${line}\n`)
}

async function onceFor(stampFile, hash, work) {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return 'up to date'
  const note = await work()
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, hash)
  return note
}

/** Node, dependencies and the generated database client. */
export async function bootstrap() {
  const old = nodeProblem(process.version)
  if (old) fail(old)
  process.chdir(root)
  try {
    await step('Dependencies', () =>
      onceFor(join(root, 'node_modules', '.headroom-lock'), hashOf(['package-lock.json']), async () => {
        const { code, output } = await run('npm', ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'])
        if (code !== 0) fail(installProblem(output))
        return 'installed'
      }),
    )
    await step('Database client', () =>
      onceFor(join(root, 'lib', 'db', 'generated', '.schema'), hashOf(['prisma/schema', 'package-lock.json']), async () => {
        const prisma = join(root, 'node_modules', 'prisma', 'build', 'index.js')
        const { code, output } = await run(process.execPath, [prisma, 'generate'])
        if (code !== 0) fail(`The database client could not be generated: ${output.trim().split('\n').at(-1)}`)
        return 'generated'
      }),
    )
  } catch (error) {
    fail(installProblem(String(error.code ? `${error.code} ${error.message}` : error)))
  }
}

/** Arguments of Node that run a TypeScript file of the server, from whatever folder the command was called in. */
export const typescript = (file) => ['--conditions=react-server', '--import', loader(), join(root, file)]
/** False on a fresh clone: TypeScript cannot be run without what npm installs. */
export function installed() {
  try {
    return loader() !== ''
  } catch {
    return false
  }
}
const loader = () => pathToFileURL(createRequire(join(root, 'package.json')).resolve('tsx')).href
