'use client'
import { Dialog } from './dialog'

type Told = { version: number; author: string; changes: string[] }
type Props<C extends Told> = {
  conflict: C | null
  onTheirs: (conflict: C) => void
  onMine: (conflict: C) => void
  onClose: () => void
}

/** Two people saved: the second one sees what the first changed, and chooses. */
export function ConflictDialog<C extends Told>({ conflict, onTheirs, onMine, onClose }: Props<C>) {
  return (
    <Dialog
      open={conflict !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Somebody else saved meanwhile"
    >
      {conflict ? (
        <div className="e-conflict">
          <p>
            <b>{conflict.author}</b> saved version {conflict.version} while you were editing. Nothing of yours was saved yet.
          </p>
          <ul>
            {conflict.changes.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <div className="e-choices">
            <button type="button" className="btn" onClick={() => onTheirs(conflict)}>
              Go on from theirs
            </button>
            <button type="button" className="btn btn-danger" onClick={() => onMine(conflict)}>
              Save mine over it
            </button>
          </div>
        </div>
      ) : null}
    </Dialog>
  )
}
