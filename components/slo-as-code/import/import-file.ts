import { MOST_BYTES, textOf } from '@/lib/slo-as-code/encoding'
import type { Fault } from '@/lib/slo-as-code/fault'

/** A file that somebody brings in. What is no text stays here: `refused` says why, and no byte of it is sent. */
export type ImportFile = { name: string; text: string; refused: Fault | null }

const refusal = (name: string, reason: string, line: number): Fault => ({
  ...{ file: name, line, column: 1, path: '', severity: 'error', stage: 'text', reason },
})

export function importFile(name: string, content: Uint8Array | string, size?: number): ImportFile {
  const text = textOf(content, size)
  return text.ok ? { name, text: text.text, refused: null } : { name, text: '', refused: refusal(name, text.reason, text.line) }
}

/** The same files with others added; one that is brought in again takes the place of the older. */
export function withFiles(files: ImportFile[], added: ImportFile[]): ImportFile[] {
  const byName = new Map(files.map((file) => [file.name, file]))
  for (const file of added) byName.set(file.name, file)
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
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
  files.filter(({ refused }) => !refused).map(({ name, text }) => ({ name, content: text.slice(0, MOST_BYTES + 1) }))

/** Bytes of what is too large are never read. */
export async function readBlob(name: string, file: File): Promise<ImportFile> {
  if (file.size > MOST_BYTES) return importFile(name, '', file.size)
  return importFile(name, new Uint8Array(await file.arrayBuffer()))
}
