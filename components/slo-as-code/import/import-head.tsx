import type { ReactNode } from 'react'
import { Icon } from '@/components/ui/icon'
import { Menu, MenuItem } from '@/components/ui/menu'
import type { ReadSource } from '@/lib/slo-as-code/import-schema'
import { countText, type FaultCounts, faultsText } from './fault-counts'
import { FileChoice } from './file-choice'
import type { Brought } from './taken-files'

type Props = {
  files: number
  result: ReadSource | null
  counts: FaultCounts
  /** files with an error */
  broken: number
  pending: boolean
  message: string
  onBrought: (brought: Promise<Brought>) => void
  onPaste: () => void
  onStartOver: () => void
  children: ReactNode
}

/** The answer first: can these files be taken, and what stands in the way. */
export function ImportHead({ message, pending, onBrought, onPaste, onStartOver, children, ...answer }: Props) {
  const { title, note } = headline(answer)
  return (
    <header className="import-head">
      <div role="status" className={pending ? 'import-pending' : undefined}>
        <h2>{title}</h2>
        <p>{message || note}</p>
      </div>
      <div className="import-do">
        <FileChoice onBrought={onBrought}>
          {(choose) => (
            <Menu
              end
              trigger={
                <button type="button" className="btn btn-sm">
                  Add
                  <Icon name="down" />
                </button>
              }
            >
              <MenuItem onSelect={choose.files}>Files</MenuItem>
              <MenuItem onSelect={choose.folder}>A folder</MenuItem>
              <MenuItem onSelect={onPaste}>Text</MenuItem>
            </Menu>
          )}
        </FileChoice>
        <button type="button" className="btn btn-sm btn-quiet" onClick={onStartOver}>
          Start over
        </button>
        {children}
      </div>
    </header>
  )
}

function headline({ files, result, counts, broken }: Pick<Props, 'files' | 'result' | 'counts' | 'broken'>) {
  if (!result) return { title: 'Reading …', note: countText(files, 'file') }
  const slos = countText(result.slos, 'SLO')
  if (counts.error > 0)
    return {
      title: `${countText(counts.error, 'error')} to mend`,
      note: `In ${broken} of ${countText(files, 'file')}. Mend them here, or leave those files out; ${slos} can be read so far.`,
    }
  if (result.slos === 0)
    return { title: 'No SLO in here', note: faultsText(counts) || 'The files declare other things, or nothing at all.' }
  return {
    title: `${slos} can be read`,
    note: [`From ${countText(files, 'file')}`, faultsText(counts) || 'nothing to mend'].join(', '),
  }
}
