import { Icon } from '@/components/ui/icon'
import { Menu, MenuItem } from '@/components/ui/menu'
import { FileChoice } from './file-choice'
import { type Answer, headline } from './headline'
import type { Brought } from './taken-files'

type View = 'files' | 'preview'
type Props = Answer & {
  pending: boolean
  message: string
  view: View
  /** the preview can be looked at */
  readable: boolean
  may: boolean
  onBrought: (brought: Promise<Brought>) => void
  onPaste: () => void
  onStartOver: () => void
  onView: (view: View) => void
}

const WHY_NOT = 'Engineers, SLO owners and administrators bring SLOs in. You can check files.'

/** The answer first: can these files be taken, and what stands in the way. */
export function ImportHead(props: Props) {
  const { message, pending, view, readable, may, onBrought, onPaste, onStartOver, onView } = props
  const { title, note } = headline(props)
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
        {view === 'preview' ? (
          <button type="button" className="btn btn-sm" onClick={() => onView('files')}>
            Back to the files
          </button>
        ) : (
          <button
            type="button"
            className="btn btn-sm btn-primary"
            disabled={!may || !readable}
            title={may ? undefined : WHY_NOT}
            onClick={() => onView('preview')}
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
