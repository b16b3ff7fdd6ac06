import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { HeadroomError } from '../lib/errors'
import { MOST_BYTES } from '../lib/slo-as-code/encoding'
import { inOrder } from '../lib/slo-as-code/fault'
import { impossible } from '../lib/slo-as-code/impossible'
import { missingMembers } from '../lib/slo-as-code/missing-members'
import { hasErrors } from '../lib/slo-as-code/plan'
import { type ReadFiles, readFiles, type SourceFile, type Unread } from '../lib/slo-as-code/read-files'
import { systemWords } from './system-words'

/** 0: nothing wrong, or warnings only; 1: faults; 2: wrong usage, or a file that is not there. */
export const EXIT = { fine: 0, faults: 1, usage: 2 } as const

const EXTENSIONS = /\.(ya?ml|json)$/i
const STDIN = '-'

export const usage = (sentence: string) => new HeadroomError('INVALID_INPUT', sentence)

/** Only a person at a terminal wants colours (no-color.org). */
export const coloured = (stream: { isTTY?: boolean } = process.stdout): boolean =>
  Boolean(stream.isTTY) && !process.env.NO_COLOR && process.env.TERM !== 'dumb'

/** `whole`: only folders were named, which hold all there is */
export type Definitions = ReadFiles & { sources: SourceFile[]; whole: boolean }

/** Reads files, folders and the standard input. Throws a sentence where there is nothing to read. */
export function readDefinitions(paths: string[], command: string, whole?: boolean): Definitions {
  const sources = sourcesOf(paths, command)
  // A folder is all there is; a file by itself may name what stands in others.
  const folders = paths.map((path) => path !== STDIN && isFolder(path))
  const reading = { whole: whole ?? folders.some(Boolean), now: Math.floor(Date.now() / 1000) }
  const { faults, ...read } = readFiles(sources, reading)
  // What could not be read may be what is missing.
  const missing = reading.whole && !hasErrors(faults) ? missingMembers(read.declared.slos) : []
  const all = inOrder([...faults, ...impossible(read.declared), ...missing])
  return { ...read, faults: all, sources, whole: folders.length > 0 && folders.every(Boolean) }
}

export function sourcesOf(paths: string[], command: string): SourceFile[] {
  if (paths.length === 0 && process.stdin.isTTY) throw usage(`Name files or folders, for example headroom ${command} slos/.`)
  const found = (paths.length > 0 ? paths : [STDIN]).flatMap(filesOf)
  if (found.length === 0) throw usage('There is no .yaml, .yml or .json file in these folders.')
  return [...new Map(found.map((one) => [one.name, one])).values()].map((one) => (one.unread ? unreadable(one) : contentOf(one)))
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    // It is among the files, with a fault that says why.
    return false
  }
}

/** What is to be read. What cannot be is a fault of its own, and does not hide those of others. */
type Found = { name: string; unread?: Unread }

function filesOf(path: string): Found[] {
  if (path === STDIN) return [{ name: path }]
  try {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found) return found.isDirectory() ? within(path) : [{ name: path }]
  } catch (error) {
    return [{ name: path, unread: whyUnread(error) }]
  }
  const link = lstatSync(path, { throwIfNoEntry: false })
  throw usage(link ? `${path} is a link to something that is not there.` : `There is no file or folder ${path}.`)
}

/** Hidden folders and those of packages hold no definitions; links are not followed, they may lead in circles. */
function within(folder: string): Found[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : within(path)
      return entry.isFile() && EXTENSIONS.test(entry.name) ? [{ name: path }] : []
    })
  } catch (error) {
    return [{ name: folder, unread: whyUnread(error) }]
  }
}

function contentOf({ name }: Found): SourceFile {
  const shown = name === STDIN ? '<stdin>' : name
  try {
    if (name === STDIN) return { name: shown, ...streamed(0) }
    const found = statSync(name)
    if (!found.isFile()) return { name, ...streamed(name) }
    // What is too large is refused by its size: reading it would only take time.
    return { name, size: found.size, content: found.size > MOST_BYTES ? '' : readFileSync(name) }
  } catch (error) {
    return unreadable({ name: shown, unread: whyUnread(error) })
  }
}

/** What may have no end is read as far as it may be long. */
function streamed(from: string | 0): Pick<SourceFile, 'content' | 'size'> {
  const open = from === 0 ? 0 : openSync(from, 'r')
  try {
    const content = Buffer.allocUnsafe(MOST_BYTES + 1)
    let size = 0
    for (let got = 1; got > 0 && size <= MOST_BYTES; size += got) got = readSync(open, content, size, content.length - size, null)
    return size > MOST_BYTES ? { content: '', size: Number.POSITIVE_INFINITY } : { content: content.subarray(0, size) }
  } finally {
    if (open !== 0) closeSync(open)
  }
}

const unreadable = ({ name, unread }: Found): SourceFile => ({ name, content: '', ...(unread && { unread }) })

const whyUnread = (error: unknown): Unread => ({
  reason: `This cannot be read: ${systemWords(error)}.`,
  suggestion: 'Make it readable for whoever runs headroom, or leave it out.',
})
