import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { HeadroomError } from '../lib/errors'
import { MOST_BYTES } from '../lib/slo-as-code/encoding'
import { type ReadFiles, readFiles, type SourceFile } from '../lib/slo-as-code/read-files'

/** 0: nothing wrong, or warnings only; 1: faults; 2: wrong usage, or a file that cannot be read. */
export const EXIT = { fine: 0, faults: 1, usage: 2 } as const

const EXTENSIONS = /\.(ya?ml|json)$/i
const STDIN = '-'

export const usage = (sentence: string) => new HeadroomError('INVALID_INPUT', sentence)

/** Only a person at a terminal wants colours (no-color.org). */
export const coloured = (stream: { isTTY?: boolean } = process.stdout): boolean =>
  Boolean(stream.isTTY) && !process.env.NO_COLOR && process.env.TERM !== 'dumb'

export type Definitions = ReadFiles & { sources: SourceFile[] }

/** Reads files, folders and the standard input. Throws a sentence where there is nothing to read. */
export function readDefinitions(paths: string[], command: string, whole?: boolean): Definitions {
  const sources = sourcesOf(paths, command)
  // A folder is all there is; a file by itself may name what stands in others.
  const folders = paths.some((path) => path !== STDIN && statSync(path).isDirectory())
  return { ...readFiles(sources, { whole: whole ?? folders, now: Math.floor(Date.now() / 1000) }), sources }
}

export function sourcesOf(paths: string[], command: string): SourceFile[] {
  if (paths.length === 0 && process.stdin.isTTY) throw usage(`Name files or folders, for example headroom ${command} slos/.`)
  const files = (paths.length > 0 ? paths : [STDIN]).flatMap(filesOf)
  if (files.length === 0) throw usage('There is no .yaml, .yml or .json file in these folders.')
  return [...new Set(files)].map(contentOf)
}

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
