// The command line as JavaScript in a few files: TypeScript in a thousand files takes longer to load than to run.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { root } from '../scripts/bootstrap.mjs'

const cache = join(root, 'node_modules', '.cache', 'headroom')
/** Names the folder of the newest bundle, and the files that it was made from. */
const list = join(cache, 'cli.json')
const DAY = 86_400_000

/** The database client, which is generated. Commands that only read files work without it; the others are not begun. */
export const CLIENT = 'lib/db/generated/client.ts'
const ALSO = [CLIENT, 'cli/bundle.mjs', 'package-lock.json', 'tsconfig.json']

const timeOf = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0

/** What a file was when it was bundled; `null` when it is gone. */
function stampOf(path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false })
  return found ? `${found.mtimeMs} ${found.size}` : null
}

/** The start of the bundle, where nothing has changed since it was made. */
function fresh() {
  try {
    const { name, inputs } = JSON.parse(readFileSync(list, 'utf8'))
    const start = join(cache, name, 'main.mjs')
    if (!existsSync(start) || !inputs.every(([path, stamp]) => stampOf(path) === stamp)) return null
    markUsed(join(cache, name))
    return start
  } catch {
    return null
  }
}

/** Whoever may not say so (the bundle is somebody else's) runs it all the same. */
function markUsed(folder) {
  try {
    const now = new Date()
    utimesSync(folder, now, now)
  } catch {}
}

/** What finds its place by its own is not bundled: it is where it was, four folders above a bundle. */
const inPlace = {
  name: 'in-place',
  setup(build) {
    const path = '../../../../scripts/bootstrap.mjs'
    build.onResolve({ filter: /\/scripts\/bootstrap(\.mjs)?$/ }, () => ({ path, external: true }))
  },
}

/** The analysis of PromQL asks an editor for its tree, which no command has: without the screens behind it half a megabyte less is loaded. */
const noEditor = {
  name: 'no-editor',
  setup(build) {
    build.onResolve({ filter: /^@codemirror\/language$/ }, () => ({ path: 'language', namespace: 'no-editor' }))
    build.onLoad({ filter: /./, namespace: 'no-editor' }, () => ({ contents: 'exports.syntaxTree = () => null' }))
  },
}

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
    ...{ conditions: ['react-server'], external: ['pg-native'] },
    plugins: existsSync(join(root, CLIENT)) ? [inPlace, noEditor] : [inPlace, noEditor, clientLater],
    ...{ metafile: true, logLevel: 'silent', minifySyntax: true, minifyWhitespace: true },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
  return metafile
}

/** A command that runs meanwhile may still load its parts: only what nobody has started for a day goes. */
function removeOld() {
  try {
    for (const entry of readdirSync(cache)) {
      const path = join(cache, entry)
      const found = statSync(path, { throwIfNoEntry: false })
      if (path !== list && found && Date.now() - found.mtimeMs > DAY) rmSync(path, { recursive: true, force: true })
    }
  } catch {}
}

/** The start of the bundle, made anew where anything in it has changed; `null` where it cannot be made or kept. */
export async function bundled() {
  const found = fresh()
  if (found) return found
  let folder = null
  try {
    const began = Date.now()
    mkdirSync(cache, { recursive: true })
    folder = mkdtempSync(join(cache, 'cli-'))
    // Whoever may run the sources may run the bundle.
    chmodSync(folder, 0o755)
    const { inputs } = await make(folder)
    const paths = [...new Set([...Object.keys(inputs), ...ALSO])]
    // What changed meanwhile may be in it as it was: then it is for this once.
    const ended = Date.now()
    if (!paths.map(timeOf).some((time) => time >= began && time <= ended)) {
      const part = join(folder, 'cli.json')
      writeFileSync(part, JSON.stringify({ name: basename(folder), inputs: paths.map((path) => [path, stampOf(path)]) }))
      renameSync(part, list)
    }
    removeOld()
    return join(folder, 'main.mjs')
  } catch (error) {
    if (folder) rmSync(folder, { recursive: true, force: true })
    // A mistake in this file is no cache that cannot be written.
    if (error instanceof ReferenceError || error instanceof TypeError) throw error
    return null
  }
}
