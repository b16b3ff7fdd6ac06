'use client'
import { Link } from '@/components/ui/link'
import type { PreviewState } from './preview-panel'

type Props = {
  lifecycle: 'draft' | 'active' | null
  preview: PreviewState
  busy: boolean
  message: string
  back: string
  onSave: (lifecycle: 'draft' | 'active') => void
}

/** What can be done with the definition, and what came of it. */
export function SaveBar({ lifecycle, preview, busy, message, back, onSave }: Props) {
  const blocked = preview.kind === 'ready' && preview.preview.findings.some(({ severity }) => severity === 'error')
  return (
    <footer className="e-bar">
      <p role="alert">{message}</p>
      <Link href={back} className="btn btn-quiet">
        Cancel
      </Link>
      {lifecycle === 'active' ? null : (
        <button type="button" className="btn" disabled={busy} onClick={() => onSave('draft')}>
          {lifecycle === 'draft' ? 'Save draft' : 'Save as draft'}
        </button>
      )}
      <button
        type="button"
        className="btn btn-primary"
        disabled={busy}
        title={blocked ? 'The source cannot answer for this definition yet' : undefined}
        onClick={() => onSave('active')}
      >
        {busy ? 'Saving …' : lifecycle === 'active' ? 'Save new version' : 'Activate'}
      </button>
    </footer>
  )
}
