import { useEffect, useMemo, useState } from 'react'
import { readNow } from '@/app/(portal)/slos/import/actions'
import { byText, type Fault } from '@/lib/slo-as-code/fault'
import type { ReadSource } from '@/lib/slo-as-code/import-schema'
import { type ImportFile, sentOf } from './import-file'

/** Long enough to finish a word. Milliseconds. */
const AFTER_TYPING = 350
const LOST = 'The portal does not answer. What you wrote is still here; it is read again with the next change.'

export type Reading = {
  /** of the files as they were when they were read last */
  result: ReadSource | null
  faults: Fault[]
  /** a newer text is being read */
  pending: boolean
  message: string
}

/** The files as the server reads them, again after every change. */
export function useReading(files: ImportFile[]): Reading {
  const [read, setRead] = useState<{ of: ImportFile[]; result: ReadSource | null; message: string } | null>(null)
  useEffect(() => {
    if (files.length === 0) return
    let wanted = true
    const timer = setTimeout(async () => {
      const answer = await readNow({ files: sentOf(files) }).catch(() => null)
      if (!wanted) return
      const message = answer === null ? LOST : answer.ok ? '' : answer.message
      setRead((before) => ({ of: files, result: answer?.ok ? answer.data : (before?.result ?? null), message }))
    }, AFTER_TYPING)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [files])
  const found = read?.result?.faults
  const faults = useMemo(() => faultsOf(files, found ?? []), [files, found])
  return {
    result: files.length === 0 ? null : (read?.result ?? null),
    faults,
    pending: files.length > 0 && read?.of !== files,
    message: files.length === 0 ? '' : (read?.message ?? ''),
  }
}

/** Those of the server, of files that are still here, and those of files that were never sent. */
function faultsOf(files: ImportFile[], found: Fault[]): Fault[] {
  const known = new Set(files.map(({ name }) => name))
  const refused = files.flatMap(({ refused: fault }) => fault ?? [])
  const all = [...refused, ...found.filter(({ file }) => known.has(file))]
  return refused.length > 0 ? all.sort((a, b) => byText(a.file, b.file)) : all
}
