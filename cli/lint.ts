import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { HeadroomError } from '../lib/errors'
import { MOST_BYTES } from '../lib/slo-as-code/encoding'
import { readFiles, type SourceFile } from '../lib/slo-as-code/read-files'
import { lintJson, lintText } from './lint-words'

export type LintOptions = { format?: string; strict?: boolean; whole?: boolean }

/** 0: nothing wrong, or warnings only; 1: faults; 2: wrong usage, or a file that cannot be read. */
export const LINT_EXIT = { fine: 0, faults: 1, usage: 2 } as const

const EXTENSIONS = /\.(ya?ml|json)$/i
const STDIN = '-'
const FORMATS = ['text', 'json']

/** Reads definitions of SLOs, says everything that is wrong with them, and returns the exit code. */
export function lint(paths: string[], options: LintOptions): number {
  const { format = 'text', strict = false } = options
  if (!FORMATS.includes(format)) throw usage(`The format is one of ${FORMATS.join(', ')}.`)
  if (paths.length === 0 && process.stdin.isTTY) throw usage('Name files or folders, for example headroom lint slos/.')
  const files = (paths.length > 0 ? paths : [STDIN]).flatMap(filesOf)
  if (files.length === 0) throw usage('There is no .yaml, .yml or .json file in these folders.')
  // A folder is all there is; a file by itself may name what stands in others.
  const whole = options.whole ?? paths.some((path) => path !== STDIN && statSync(path).isDirectory())
  const unique = [...new Map(files.map((name) => [name, name])).keys()].map(contentOf)
  const read = readFiles(unique, { whole, now: Math.floor(Date.now() / 1000) })
  const result = { ...read, files: unique.length, strict }
  process.stdout.write(format === 'json' ? lintJson(result) : lintText(result, coloured()))
  const wrong = read.faults.some(({ severity }) => strict || severity === 'error')
  return wrong ? LINT_EXIT.faults : LINT_EXIT.fine
}

const usage = (sentence: string) => new HeadroomError('INVALID_INPUT', sentence)

/** Only a person at a terminal wants colours (no-color.org). */
const coloured = (): boolean => Boolean(process.stdout.isTTY) && !process.env.NO_COLOR && process.env.TERM !== 'dumb'

function filesOf(path: string): string[] {
  if (path === STDIN) return [path]
  if (!existsSync(path)) throw usage(`There is no file or folder ${path}.`)
  return statSync(path).isDirectory() ? within(path, readdirSync(path, { withFileTypes: true })) : [path]
}

/** Hidden folders and those of packages hold no definitions; links are not followed, they may lead in circles. */
function within(folder: string, entries: Dirent[]): string[] {
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return entry.name.startsWith('.') || entry.name === 'node_modules'
        ? []
        : within(path, readdirSync(path, { withFileTypes: true }))
    return entry.isFile() && EXTENSIONS.test(entry.name) ? [path] : []
  })
}

function contentOf(name: string): SourceFile {
  if (name === STDIN) return { name: '<stdin>', content: readFileSync(0) }
  // What is too large is refused by its size: reading it would only take time.
  const { size } = statSync(name)
  return { name, size, content: size > MOST_BYTES ? '' : readFileSync(name) }
}
