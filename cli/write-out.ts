import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { usage } from './definitions'
import { systemWords } from './system-words'

export type OutFile = { name: string; text: string }

/**
 * Everything to the standard output, or each file into a folder: whole or not at all, so that whoever watches the folder
 * never reads half a file.
 */
export function writeOut(files: OutFile[], folder: string | undefined): void {
  if (folder === undefined) {
    for (const { text } of files) process.stdout.write(text)
    return
  }
  for (const { name, text } of files) {
    const path = join(folder, name)
    orSay(folder, () => makeFolder(dirname(path)))
    try {
      orSay(path, () => {
        writeFileSync(`${path}.part`, text)
        renameSync(`${path}.part`, path)
      })
    } catch (error) {
      rmSync(`${path}.part`, { force: true })
      throw error
    }
  }
  if (files.length > 0) process.stderr.write(`${wroteText(files, folder)}\n`)
}

/** Folder by folder: Node's own way to make all of them never ends where the system lets nobody make any (/proc). */
function makeFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'EEXIST' && statSync(path).isDirectory()) return
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error
    makeFolder(dirname(path))
    mkdirSync(path)
  }
}

function orSay(path: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    throw usage(`${path} cannot be written: ${systemWords(error)}. Mend that, or name another folder with --out.`)
  }
}

const MOST_NAMES = 5

/** On the error output, so that what is piped on stays as it is. */
function wroteText(files: OutFile[], folder: string): string {
  const names = files.slice(0, MOST_NAMES).map(({ name }) => name)
  const more = files.length > MOST_NAMES ? ` and ${files.length - MOST_NAMES} more` : ''
  return `Wrote ${files.length} ${files.length === 1 ? 'file' : 'files'} into ${folder}: ${names.join(', ')}${more}.`
}
