import { MOST_FILES } from '@/lib/slo-as-code/import-schema'
import { type ImportFile, readBlob } from './import-file'

/** Files out of what a browser hands over: dropped, chosen, or whole folders. */

export type Brought = { files: ImportFile[]; note: string }

const DEFINITION = /\.(ya?ml|json)$/i
/** Folders of programs, not of people. */
const SKIPPED = /(^|\/)(\.[^/]+|node_modules)(\/|$)/

type Found = { name: string; file: File }

/** Whoever drops a single file means it, whatever it is called; of a folder only definitions are taken. */
async function brought(found: Found[], skipped: number): Promise<Brought> {
  const files = await Promise.all(found.slice(0, MOST_FILES).map(({ name, file }) => readBlob(name, file)))
  if (found.length > MOST_FILES) return { files, note: `Only the first ${MOST_FILES} of ${found.length} files were taken.` }
  if (found.length === 0) return { files, note: 'There is no .yaml, .yml or .json file in there.' }
  return { files, note: skipped > 0 ? `${skipped} ${skipped === 1 ? 'file is' : 'files are'} no YAML or JSON and left out.` : '' }
}

export function chosenFiles(list: FileList): Promise<Brought> {
  const all = [...list].map((file) => ({ name: file.webkitRelativePath || file.name, file }))
  const found = all.filter(({ name }) => !name.includes('/') || (DEFINITION.test(name) && !SKIPPED.test(name)))
  return brought(found, all.length - found.length)
}

export async function droppedFiles(data: DataTransfer): Promise<Brought> {
  // Read before anything is awaited: a drop is over, and its items gone, once its event is.
  const entries = [...data.items].flatMap((item) => item.webkitGetAsEntry?.() ?? [])
  if (entries.length === 0) return chosenFiles(data.files)
  const found: Found[] = []
  let skipped = 0
  const walk = async (entry: FileSystemEntry, name: string, inFolder: boolean): Promise<void> => {
    if (found.length > MOST_FILES || (inFolder && SKIPPED.test(name))) return
    if (entry.isDirectory) {
      for (const child of await childrenOf(entry as FileSystemDirectoryEntry)) await walk(child, `${name}/${child.name}`, true)
    } else if (inFolder && !DEFINITION.test(name)) skipped++
    else found.push({ name, file: await fileOf(entry as FileSystemFileEntry) })
  }
  for (const entry of entries) await walk(entry, entry.name, false)
  return brought(found, skipped)
}

const fileOf = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject))

/** A folder hands over a hundred at a time. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}
