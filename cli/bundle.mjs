// The command line as one file of JavaScript: TypeScript in a thousand files takes longer to load than to run.
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../scripts/bootstrap.mjs'

const folder = join(root, 'node_modules', '.cache', 'headroom')
const bundle = join(folder, 'cli.mjs')
const list = join(folder, 'cli.json')

/** What a file was when it was bundled; `null` when it is gone. */
function stampOf(path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false })
  return found ? `${found.mtimeMs} ${found.size}` : null
}

function isFresh() {
  if (!existsSync(list) || !existsSync(bundle)) return false
  try {
    return JSON.parse(readFileSync(list, 'utf8')).every(([path, stamp]) => stampOf(path) === stamp)
  } catch {
    return false
  }
}

/** Packages and files that only commands with a database need: those run from their sources. */
const loadedLater = {
  name: 'loaded-later',
  setup: (build) =>
    build.onResolve({ filter: /./ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined)),
}

/** Bundles it, and returns what it was made from. */
export async function make(outfile) {
  const { build } = await import('esbuild')
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ['cli/main.ts'],
    ...{ outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', conditions: ['react-server'] },
    ...{ plugins: [loadedLater], metafile: true, logLevel: 'silent', minifySyntax: true, minifyWhitespace: true },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
  return Object.keys(metafile.inputs)
}

/** The path of the bundle, made anew where anything in it has changed; `null` where it cannot be made or kept. */
export async function bundled() {
  if (isFresh()) return bundle
  try {
    mkdirSync(folder, { recursive: true })
    const [part, listPart] = [`${bundle}.${process.pid}`, `${list}.${process.pid}`]
    const inputs = [...(await make(part)), 'package-lock.json']
    writeFileSync(listPart, JSON.stringify(inputs.map((path) => [path, stampOf(path)])))
    renameSync(part, bundle)
    renameSync(listPart, list)
    return bundle
  } catch {
    return null
  }
}
