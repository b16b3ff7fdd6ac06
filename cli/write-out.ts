import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

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
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(`${path}.part`, text)
    renameSync(`${path}.part`, path)
  }
  if (files.length > 0) process.stderr.write(`${wroteText(files, folder)}\n`)
}

const MOST_NAMES = 5

/** On the error output, so that what is piped on stays as it is. */
function wroteText(files: OutFile[], folder: string): string {
  const names = files.slice(0, MOST_NAMES).map(({ name }) => name)
  const more = files.length > MOST_NAMES ? ` and ${files.length - MOST_NAMES} more` : ''
  return `Wrote ${files.length} ${files.length === 1 ? 'file' : 'files'} into ${folder}: ${names.join(', ')}${more}.`
}
