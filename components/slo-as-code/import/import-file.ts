import { MOST_BYTES, textOf } from '@/lib/slo-as-code/encoding'
import type { Fault } from '@/lib/slo-as-code/fault'

/**
 * A file that somebody brings in. What is no text stays here: `refused` says why, and no byte of it is sent. `came` is the text as it
 * came; `null`: it is written here.
 */
export type ImportFile = { name: string; text: string; refused: Fault | null; came: string | null }

const refusal = (name: string, reason: string, line: number): Fault => ({
  ...{ file: name, line, column: 1, path: '', severity: 'error', stage: 'text', reason },
})

export function importFile(name: string, content: Uint8Array | string, size?: number): ImportFile {
  const text = textOf(content, size)
  if (!text.ok) return { name, text: '', came: '', refused: refusal(name, text.reason, text.line) }
  return { name, text: text.text, came: text.text, refused: null }
}

/** Where somebody is about to write or paste one. */
export const blankFile = (name: string): ImportFile => ({ name, text: '', came: null, refused: null })
/** Nobody has written anything into it yet: there is nothing to complain of. */
export const isBlank = ({ came, text }: ImportFile): boolean => came === null && text.trim() === ''
/** Its text is nowhere else. */
export const isWritten = (file: ImportFile): boolean => !isBlank(file) && file.text !== file.came

/** The same files with others added; one that is brought in again takes the place of the older. */
export function withFiles(files: ImportFile[], added: ImportFile[]): ImportFile[] {
  const byName = new Map(files.map((file) => [file.name, file]))
  for (const file of added) byName.set(file.name, file)
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/** Under another name, `a (1).yaml`, where the file of that name was written in: what stands there is nowhere else. */
export function besideWritten(files: ImportFile[], added: ImportFile[]): ImportFile[] {
  const taken = new Set([...files, ...added].map(({ name }) => name))
  const written = new Set(files.filter(isWritten).map(({ name }) => name))
  return added.map((file) => {
    if (!written.has(file.name)) return file
    const name = freeName(file.name, taken)
    taken.add(name)
    return { ...file, name, refused: file.refused && { ...file.refused, file: name } }
  })
}

function freeName(name: string, taken: Set<string>): string {
  const [, stem, end] = /^(.*?)(\.[^./]*)?$/.exec(name) ?? []
  for (let i = 1; ; i++) {
    const free = `${stem} (${i})${end ?? ''}`
    if (!taken.has(free)) return free
  }
}

/** A name for what is pasted: the first that no file has. */
export function pastedName(files: ImportFile[]): string {
  const taken = new Set(files.map(({ name }) => name))
  for (let i = 1; ; i++) {
    const name = i === 1 ? 'pasted.yaml' : `pasted-${i}.yaml`
    if (!taken.has(name)) return name
  }
}

/** What the server reads of them; of what is too large it needs no more to refuse it. */
export const sentOf = (files: ImportFile[]): { name: string; content: string }[] =>
  files
    .filter((file) => !file.refused && !isBlank(file))
    .map(({ name, text }) => ({ name, content: text.slice(0, MOST_BYTES + 1) }))

/** Bytes of what is too large are never read. */
export async function readBlob(name: string, file: File): Promise<ImportFile> {
  if (file.size > MOST_BYTES) return importFile(name, '', file.size)
  return importFile(name, new Uint8Array(await file.arrayBuffer()))
}
