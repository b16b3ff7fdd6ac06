import { Link } from '@/components/ui/link'

type Props = { ready: boolean; message: string; busy: boolean; back: string; label: string; onSave: () => void }

/** The foot of an editor: what stands in the way, the way back, and the button that saves. */
export function EditorBar({ ready, message, busy, back, label, onSave }: Props) {
  return (
    <footer className="e-bar">
      <p role="alert">{message}</p>
      <Link href={back} className="btn btn-quiet">
        Cancel
      </Link>
      <button type="button" className="btn btn-primary" disabled={busy || !ready} onClick={onSave}>
        {busy ? 'Saving …' : label}
      </button>
    </footer>
  )
}
