import { useCallback, useEffect, useState } from 'react'
import { besideWritten, blankFile, type ImportFile, isWritten, pastedName, withFiles } from './import-file'
import type { Brought } from './taken-files'

const UNREAD = 'The browser could not read these files. Try to choose them instead.'

/** What was brought in, while somebody looks at another page. */
let kept: ImportFile[] = []

const askFirst = (event: BeforeUnloadEvent) => {
  if (kept.some(isWritten)) event.preventDefault()
}

/** The files that were brought in, and the one that is open. They are there again when somebody comes back. */
export function useFiles() {
  const [files, setFiles] = useState<ImportFile[]>(kept)
  const [active, setActive] = useState('')
  const [note, setNote] = useState('')
  useEffect(() => {
    kept = files
    // Once, and for as long as it is kept: a page that is loaded anew has none of it.
    window.addEventListener('beforeunload', askFirst)
  }, [files])
  const bring = useCallback(async (coming: Promise<Brought>): Promise<boolean> => {
    const brought = await coming.catch((): Brought => ({ files: [], note: UNREAD }))
    const added = besideWritten(kept, brought.files)
    const other = added.find(({ name }, i) => name !== brought.files[i]?.name)
    setNote(other ? `What you wrote stays: the file you brought is ${other.name}.` : brought.note)
    if (added.length === 0) return false
    setFiles((before) => withFiles(before, added))
    setActive((added.find(({ refused }) => refused) ?? withFiles([], added)[0])?.name ?? '')
    return true
  }, [])
  /** Answers the name of the new one. */
  const paste = (): string => {
    const name = pastedName(files)
    setFiles(withFiles(files, [blankFile(name)]))
    setActive(name)
    return name
  }
  const change = (name: string, text: string) =>
    setFiles((before) => before.map((file) => (file.name === name && file.text !== text ? { ...file, text } : file)))
  const leaveOut = (names: string[]) => {
    const rest = files.filter(({ name }) => !names.includes(name))
    setFiles(rest)
    setActive(rest[Math.max(0, files.findIndex(({ name }) => names.includes(name)) - 1)]?.name ?? '')
  }
  const clear = () => {
    setFiles([])
    setNote('')
  }
  const file = files.find(({ name }) => name === active) ?? files[0]
  return { files, file, note, open: setActive, bring, paste, change, leaveOut, clear }
}
