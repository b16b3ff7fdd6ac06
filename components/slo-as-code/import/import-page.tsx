'use client'
import { useEffect, useMemo, useState } from 'react'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { Fault } from '@/lib/slo-as-code/fault'
import type { ImportChoices, Imported, ImportStart } from '@/lib/slo-as-code/import-schema'
import { TakeOutAll } from '../take-out-menu'
import { DropZone } from './drop-zone'
import { countsOf } from './fault-counts'
import { FilesView } from './files-view'
import { isBlank, isWritten } from './import-file'
import { ImportHead } from './import-head'
import { ImportResult } from './import-result'
import { PreviewView } from './preview-view'
import { type Brought, droppedFiles } from './taken-files'
import { useDrop } from './use-drop'
import { useFaultSteps } from './use-fault-steps'
import { useFiles } from './use-files'
import { usePreview } from './use-preview'
import { useReading } from './use-reading'

/** Files come in, are mended where they stand, and are looked at before anything is saved. */
export function ImportPage({ start }: { start: ImportStart }) {
  const ready = useHydrated()
  const { files, file, note, open, bring, paste, change, leaveOut, clear } = useFiles()
  const [view, setView] = useState<'files' | 'preview'>('files')
  const [choices, setChoices] = useState<ImportChoices>(() => unsaid(start))
  const [arrived, setArrived] = useState(false)
  const [imported, setImported] = useState<Imported | null>(null)
  const reading = useReading(files)
  const { result, faults } = reading
  const byFile = useMemo(() => grouped(faults), [faults])
  const counts = countsOf(faults)
  const broken = [...byFile].filter(([, some]) => countsOf(some).error > 0).map(([name]) => name)
  const blank = files.length > 0 && files.every(isBlank)
  const readable = !reading.pending && result !== null && result.slos > 0 && counts.error === 0
  const shown = view === 'preview' && counts.error === 0 ? 'preview' : 'files'
  const steps = useFaultSteps(faults, file?.name ?? '', open)
  // The first that is to be mended is what somebody who brings in many files looks for.
  const first = arrived && !reading.pending ? (broken[0] ?? '') : null
  useEffect(() => {
    if (first === null) return
    setArrived(false)
    if (first) open(first)
  }, [first, open])
  const preview = usePreview(files, choices, shown === 'preview' && readable)

  const startOver = () => {
    clear()
    steps.forget()
    setView('files')
    setImported(null)
  }
  const done = (now: Imported) => {
    // They are saved: whoever comes back begins anew.
    clear()
    setImported(now)
  }
  const write = () => {
    setView('files')
    steps.goTo({ file: paste(), line: 1 })
  }
  const out = (names: string[]) => {
    leaveOut(names)
    steps.forget()
  }
  const add = async (coming: Promise<Brought>) => {
    setImported(null)
    if (!(await bring(coming))) return
    setView('files')
    setArrived(true)
  }
  const over = useDrop((data) => void add(droppedFiles(data)))
  if (imported) return <ImportResult imported={imported} onMore={startOver} />
  if (!file)
    return (
      <div className="import-empty">
        <DropZone over={over} ready={ready} onBrought={add} onPaste={write} />
        <p role="status">{note}</p>
        <TakeOutAll />
      </div>
    )
  return (
    <div className={`import${over ? ' drop-over' : ''}`} data-view={shown}>
      <ImportHead
        {...{ files: files.length, result, counts, pending: reading.pending, view: shown, may: start.may.save, readable }}
        plan={shown === 'preview' ? preview.plan : null}
        broken={broken.length}
        blank={blank}
        written={files.filter(isWritten).length}
        failed={reading.message !== ''}
        message={reading.message || note}
        onBrought={add}
        onPaste={write}
        onLeaveOutBroken={() => out(broken)}
        onStartOver={startOver}
        onView={setView}
      />
      {shown === 'preview' ? (
        <PreviewView
          {...{ files, start, choices, preview, onChoices: setChoices, onDone: done }}
          onPlace={(place) => {
            setView('files')
            steps.goTo(place)
          }}
        />
      ) : (
        <FilesView
          {...{ files, file, faults, byFile, result, steps }}
          onOpen={(name) => {
            setArrived(false)
            open(name)
          }}
          onChange={change}
          read={result !== null && !blank}
          onLeaveOut={(name) => out([name])}
        />
      )}
    </div>
  )
}

const unsaid = ({ may }: ImportStart): ImportChoices => ({
  ...{ source: null, team: null, tier: null, serviceKind: null },
  policies: may.policies ? 'files' : 'keep',
})

function grouped(faults: Fault[]): Map<string, Fault[]> {
  const byFile = new Map<string, Fault[]>()
  for (const fault of faults) {
    const some = byFile.get(fault.file)
    if (some) some.push(fault)
    else byFile.set(fault.file, [fault])
  }
  return byFile
}
