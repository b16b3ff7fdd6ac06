import { useCallback, useState } from 'react'
import { useKeys } from '@/components/ui/use-keys'
import type { Fault } from '@/lib/slo-as-code/fault'
import type { Jump } from './source-editor'

export type Steps = {
  at: number | null
  jump: Jump | null
  /** opens the file of a fault at its line; `focus`: to write there */
  open: (at: number, focus: boolean) => void
  /** from a line of the open file to the next fault, over all files */
  stepFrom: (by: 1 | -1, line: number) => void
  /** opens a file at a line */
  goTo: (place: { file: string; line: number }) => void
  forget: () => void
}

/** One fault after the other: j and k, F8 inside the text, or a click on the list. */
export function useFaultSteps(faults: Fault[], active: string, onFile: (name: string) => void): Steps {
  const [at, setAt] = useState<number | null>(null)
  const [jump, setJump] = useState<Jump | null>(null)
  const open = useCallback(
    (next: number, focus: boolean) => {
      const fault = faults[next]
      if (!fault) return
      setAt(next)
      onFile(fault.file)
      setJump({ file: fault.file, line: fault.line, column: fault.column, focus })
    },
    [faults, onFile],
  )
  const onKey = useCallback(
    ({ key }: KeyboardEvent) => {
      if (faults.length === 0) return
      const last = faults.length - 1
      if (key === 'j') open(at === null ? 0 : Math.min(last, at + 1), false)
      if (key === 'k') open(at === null ? last : Math.max(0, at - 1), false)
    },
    [faults, at, open],
  )
  useKeys(onKey)
  const stepFrom = (by: 1 | -1, line: number) => {
    const after = ({ file, line: other }: Fault) => file > active || (file === active && other > line)
    const before = ({ file, line: other }: Fault) => file < active || (file === active && other < line)
    const next = by === 1 ? faults.findIndex(after) : faults.findLastIndex(before)
    // Beyond the last one comes the first again.
    open(next >= 0 ? next : by === 1 ? 0 : faults.length - 1, true)
  }
  const goTo = ({ file, line }: { file: string; line: number }) => {
    onFile(file)
    setJump({ file, line, column: 1, focus: true })
  }
  const forget = useCallback(() => {
    setAt(null)
    setJump(null)
  }, [])
  return { at: at !== null && at < faults.length ? at : null, jump, open, stepFrom, goTo, forget }
}
