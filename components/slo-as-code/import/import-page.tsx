'use client'
import { useCallback, useMemo, useState } from 'react'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { Fault } from '@/lib/slo-as-code/fault'
import { TakeOutAll } from '../take-out-menu'
import { DropZone } from './drop-zone'
import { countsOf } from './fault-counts'
import { FaultPanel } from './fault-panel'
import { FileTabs } from './file-tabs'
import { type ImportFile, importFile, pastedName, withFiles } from './import-file'
import { ImportHead } from './import-head'
import { SourcePanel } from './source-panel'
import { type Brought, droppedFiles } from './taken-files'
import { useDrop } from './use-drop'
import { useFaultSteps } from './use-fault-steps'
import { useReading } from './use-reading'

/** Files come in, are mended where they stand, and are looked at before anything is saved. */
export function ImportPage({ may }: { may: boolean }) {
  const ready = useHydrated()
  const [files, setFiles] = useState<ImportFile[]>([])
  const [active, setActive] = useState('')
  const [note, setNote] = useState('')
  const reading = useReading(files)
  const { result, faults } = reading
  const byFile = useMemo(() => grouped(faults), [faults])
  const steps = useFaultSteps(faults, active, setActive)

  const bring = useCallback(async (coming: Promise<Brought>) => {
    const brought = await coming.catch(() => ({
      files: [],
      note: 'The browser could not read these files. Try to choose them instead.',
    }))
    setNote(brought.note)
    if (brought.files.length === 0) return
    setFiles((before) => withFiles(before, brought.files))
    setActive(brought.files.find(({ refused }) => refused)?.name ?? withFiles([], brought.files)[0]?.name ?? '')
  }, [])
  const over = useDrop((data) => void bring(droppedFiles(data)))
  const paste = () => {
    const name = pastedName(files)
    setFiles(withFiles(files, [importFile(name, '')]))
    setActive(name)
  }
  const change = (name: string, text: string) =>
    setFiles((before) => before.map((file) => (file.name === name ? { ...file, text } : file)))
  const leaveOut = (name: string) => {
    const rest = files.filter((file) => file.name !== name)
    setFiles(rest)
    steps.forget()
    setActive(rest[Math.max(0, files.findIndex((file) => file.name === name) - 1)]?.name ?? '')
  }
  const file = files.find(({ name }) => name === active) ?? files[0]
  if (!file)
    return (
      <div className="import-empty">
        <DropZone over={over} ready={ready} onBrought={bring} onPaste={paste} />
        <p role="status">{note}</p>
        <TakeOutAll />
      </div>
    )
  const counts = countsOf(faults)
  return (
    <div className={`import${over ? ' drop-over' : ''}`}>
      <ImportHead
        {...{ files: files.length, result, counts, pending: reading.pending, message: reading.message || note }}
        broken={[...byFile.values()].filter((some) => countsOf(some).error > 0).length}
        onBrought={bring}
        onPaste={paste}
        onStartOver={() => {
          setFiles([])
          steps.forget()
        }}
      >
        {may ? null : <span />}
      </ImportHead>
      <FileTabs files={files} faults={byFile} active={file.name} onOpen={setActive} />
      <div className="import-columns">
        <SourcePanel
          file={file}
          found={result?.found.find(({ name }) => name === file.name)}
          faults={byFile.get(file.name) ?? NONE}
          jump={steps.jump}
          onChange={(text) => change(file.name, text)}
          onStep={steps.stepFrom}
          onLeaveOut={() => leaveOut(file.name)}
        />
        <FaultPanel faults={faults} at={steps.at} read={result !== null} onOpen={(at) => steps.open(at, true)} />
      </div>
      <footer className="keys" id="source-keys">
        <span>
          <kbd>j</kbd>
          <kbd>k</kbd> next, previous fault
        </span>
        <span>
          <kbd>F8</kbd> next fault, while writing
        </span>
      </footer>
    </div>
  )
}

const NONE: Fault[] = []

function grouped(faults: Fault[]): Map<string, Fault[]> {
  const byFile = new Map<string, Fault[]>()
  for (const fault of faults) {
    const some = byFile.get(fault.file)
    if (some) some.push(fault)
    else byFile.set(fault.file, [fault])
  }
  return byFile
}
