// The command line as JavaScript in a few files: TypeScript in a thousand files takes longer to load than to run.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { root } from '../scripts/bootstrap.mjs'

const cache = join(root, 'node_modules', '.cache', 'headroom')
/** Names the folder of the newest bundle, and the files that it was made from. */
const list = join(cache, 'cli.json')
const HOUR = 3_600_000

/** What a file was when it was bundled; `null` when it is gone. */
function stampOf(path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false })
  return found ? `${found.mtimeMs} ${found.size}` : null
}

/** The start of the bundle, where nothing has changed since it was made. */
function fresh() {
  try {
    const { folder, inputs } = JSON.parse(readFileSync(list, 'utf8'))
    const start = join(folder, 'main.mjs')
    return existsSync(start) && inputs.every(([path, stamp]) => stampOf(path) === stamp) ? start : null
  } catch {
    return null
  }
}

const CLIENT = 'lib/db/generated/client.ts'

/** Commands that only read files work before the database client is generated; those that need it are not begun (headroom.mjs). */
const clientLater = {
  name: 'client-later',
  setup: (build) => build.onResolve({ filter: /\/generated\/client$/ }, ({ path }) => ({ path, external: true })),
}

/** Bundles it into a folder, and returns esbuild's account of it. What a command needs is a file of its own, loaded when it runs. */
export async function make(outdir) {
  const { build } = await import('esbuild')
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['cli/main.ts'],
    ...{
      outdir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
    },
    ...{ conditions: ['react-server'], external: ['pg-native'], plugins: existsSync(join(root, CLIENT)) ? [] : [clientLater] },
    ...{ metafile: true, logLevel: 'silent', minifySyntax: true, minifyWhitespace: true },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
  return metafile
}

/** A command that runs meanwhile may still load its parts: only what is older than an hour goes. */
function removeOld() {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name)
    if (path !== list && Date.now() - statSync(path).mtimeMs > HOUR) rmSync(path, { recursive: true, force: true })
  }
}

/** The start of the bundle, made anew where anything in it has changed; `null` where it cannot be made or kept. */
export async function bundled() {
  const found = fresh()
  if (found) return found
  try {
    mkdirSync(cache, { recursive: true })
    const folder = mkdtempSync(join(cache, 'cli-'))
    const { inputs: sources } = await make(folder)
    const inputs = [...new Set([...Object.keys(sources), CLIENT, 'package-lock.json'])].map((path) => [path, stampOf(path)])
    const part = join(folder, 'cli.json')
    writeFileSync(part, JSON.stringify({ folder, inputs }))
    renameSync(part, list)
    removeOld()
    return join(folder, 'main.mjs')
  } catch {
    return null
  }
}
