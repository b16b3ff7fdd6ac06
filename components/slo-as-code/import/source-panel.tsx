'use client'
import dynamic from 'next/dynamic'
import type { Fault } from '@/lib/slo-as-code/fault'
import { FORMAT_WORDS, type FoundIn } from '@/lib/slo-as-code/import-schema'
import { countText } from './fault-counts'
import type { ImportFile } from './import-file'
import type { Jump } from './source-editor'

const SourceEditor = dynamic(() => import('./source-editor'), { ssr: false })

type Props = {
  file: ImportFile
  found: FoundIn | undefined
  faults: Fault[]
  jump: Jump | null
  onChange: (text: string) => void
  onStep: (by: 1 | -1, line: number) => void
  onLeaveOut: () => void
}

/** One file: what it is, and its text, which can be mended here. */
export function SourcePanel({ file, found, faults, jump, onChange, onStep, onLeaveOut }: Props) {
  return (
    <section className="panel source" aria-label={file.name}>
      <header>
        <h2>{file.name}</h2>
        {found?.format ? (
          <span className="tag">
            {FORMAT_WORDS[found.format]}, {countText(found.slos, 'SLO')}
          </span>
        ) : null}
        <button type="button" className="btn btn-sm btn-quiet" onClick={onLeaveOut}>
          Leave out<span className="sr-only"> {file.name}</span>
        </button>
      </header>
      {file.refused ? (
        <p className="source-refused" role="alert">
          {file.refused.reason} {file.refused.line > 1 ? `It is in line ${file.refused.line}.` : ''}
        </p>
      ) : (
        <SourceEditor {...{ name: file.name, text: file.text, faults, jump, onChange, onStep }} />
      )}
    </section>
  )
}
