'use client'
import type { Fault } from '@/lib/slo-as-code/fault'
import type { ReadSource } from '@/lib/slo-as-code/import-schema'
import { FaultPanel } from './fault-panel'
import { FileTabs } from './file-tabs'
import type { ImportFile } from './import-file'
import { SourcePanel } from './source-panel'
import type { Steps } from './use-fault-steps'

type Props = {
  files: ImportFile[]
  file: ImportFile
  faults: Fault[]
  byFile: Map<string, Fault[]>
  result: ReadSource | null
  /** there is something that was read */
  read: boolean
  steps: Steps
  onOpen: (name: string) => void
  onChange: (name: string, text: string) => void
  onLeaveOut: (name: string) => void
}

const NONE: Fault[] = []

/** The files with their faults in them, and all faults beside. */
export function FilesView({ files, file, faults, byFile, result, read, steps, onOpen, onChange, onLeaveOut }: Props) {
  return (
    <>
      <FileTabs files={files} faults={byFile} active={file.name} onOpen={onOpen} />
      <div className="import-columns">
        <SourcePanel
          file={file}
          found={result?.found.find(({ name }) => name === file.name)}
          faults={byFile.get(file.name) ?? NONE}
          jump={steps.jump}
          onChange={(text) => onChange(file.name, text)}
          onStep={steps.stepFrom}
          onLeaveOut={() => onLeaveOut(file.name)}
        />
        <FaultPanel faults={faults} at={steps.at} read={read} onOpen={(at) => steps.open(at, true)} />
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
    </>
  )
}
