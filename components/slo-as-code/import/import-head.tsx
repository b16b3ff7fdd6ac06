import { useRef } from 'react'
import { Icon } from '@/components/ui/icon'
import { Menu, MenuItem } from '@/components/ui/menu'
import { countText } from './fault-counts'
import { FileChoice } from './file-choice'
import { type Answer, headline } from './headline'
import { StartOver } from './start-over'
import type { Brought } from './taken-files'

type View = 'files' | 'preview'
type Props = Answer & {
  pending: boolean
  message: string
  view: View
  /** the preview can be looked at */
  readable: boolean
  may: boolean
  /** files whose text would be lost */
  written: number
  onBrought: (brought: Promise<Brought>) => void
  onPaste: () => void
  onStartOver: () => void
  onLeaveOutBroken: () => void
  onView: (view: View) => void
}

const WHY_NOT = 'Engineers, SLO owners and administrators bring SLOs in. You can check files.'

/** The answer first: can these files be taken, and what stands in the way. */
export function ImportHead(props: Props) {
  const { message, pending, view, readable, may, files, broken, written } = props
  const { onBrought, onPaste, onStartOver, onLeaveOutBroken, onView } = props
  const heading = useRef<HTMLHeadingElement>(null)
  const pasted = useRef(false)
  const { title, note } = headline(props)
  // The button that was pressed is gone, and what stands in its place is not meant.
  const go = (to: View) => {
    onView(to)
    heading.current?.focus()
  }
  return (
    <header className="import-head">
      <div role="status" className={pending ? 'import-pending' : undefined}>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <p>{message || note}</p>
      </div>
      <div className="import-do">
        <FileChoice onBrought={onBrought}>
          {(choose) => (
            <Menu
              end
              onCloseAutoFocus={(event) => {
                // The new text has the focus already.
                if (pasted.current) event.preventDefault()
                pasted.current = false
              }}
              trigger={
                <button type="button" className="btn btn-sm">
                  Add
                  <Icon name="down" />
                </button>
              }
            >
              <MenuItem onSelect={choose.files}>Files</MenuItem>
              <MenuItem onSelect={choose.folder}>A folder</MenuItem>
              <MenuItem
                onSelect={() => {
                  pasted.current = true
                  onPaste()
                }}
              >
                Text
              </MenuItem>
            </Menu>
          )}
        </FileChoice>
        <StartOver written={written} onStartOver={onStartOver} />
        {view === 'files' && broken > 0 && broken < files ? (
          <button
            type="button"
            className="btn btn-sm"
            onClick={() => {
              onLeaveOutBroken()
              heading.current?.focus()
            }}
          >
            Leave out {countText(broken, 'file')} with errors
          </button>
        ) : null}
        {view === 'preview' ? (
          <button
            type="button"
            className="btn btn-sm"
            onClick={(event) => {
              // The second half of a double click on Preview, in whose place this stands.
              if (event.detail < 2) go('files')
            }}
          >
            Back to the files
          </button>
        ) : (
          <button
            type="button"
            className="btn btn-sm btn-primary"
            disabled={!may || !readable}
            title={may ? undefined : WHY_NOT}
            onClick={() => go('preview')}
          >
            Preview
            <Icon name="arrow" />
          </button>
        )}
      </div>
      {may ? null : <p className="import-why">{WHY_NOT}</p>}
    </header>
  )
}
