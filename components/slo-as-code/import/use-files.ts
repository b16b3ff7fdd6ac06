import { useCallback, useState } from 'react'
import { blankFile, type ImportFile, pastedName, withFiles } from './import-file'
import type { Brought } from './taken-files'

const UNREAD = 'The browser could not read these files. Try to choose them instead.'

/** The files that were brought in, and the one that is open. */
export function useFiles() {
  const [files, setFiles] = useState<ImportFile[]>([])
  const [active, setActive] = useState('')
  const [note, setNote] = useState('')
  const bring = useCallback(async (coming: Promise<Brought>): Promise<boolean> => {
    const brought = await coming.catch((): Brought => ({ files: [], note: UNREAD }))
    setNote(brought.note)
    if (brought.files.length === 0) return false
    setFiles((before) => withFiles(before, brought.files))
    setActive((brought.files.find(({ refused }) => refused) ?? withFiles([], brought.files)[0])?.name ?? '')
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
