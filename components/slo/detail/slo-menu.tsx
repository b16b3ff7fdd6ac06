'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteNow, undeleteNow } from '@/app/(portal)/slos/actions'
import { Dialog } from '@/components/ui/dialog'
import { Icon } from '@/components/ui/icon'
import { Menu, MenuItem, MenuLine } from '@/components/ui/menu'
import type { SloDetail } from '@/lib/slo/detail'
import { TemplateDialog } from './template-dialog'

/** What is done with the definition of an SLO. */
export function SloMenu({ detail, may }: { detail: SloDetail; may: boolean }) {
  const router = useRouter()
  const [open, setOpen] = useState<'delete' | 'template' | null>(null)
  const [deleted, setDeleted] = useState(false)
  const [message, setMessage] = useState('')
  const { id, version, name, managed } = detail
  const remove = async () => {
    const result = await deleteNow({ id, version })
    setMessage(result.ok ? '' : result.message)
    setDeleted(result.ok)
  }
  const bringBack = async () => {
    const result = await undeleteNow({ sloId: id })
    setMessage(result.ok ? '' : result.message)
    if (result.ok) {
      setDeleted(false)
      setOpen(null)
    }
  }
  return (
    <>
      <Menu
        end
        trigger={
          <button type="button" className="btn" aria-label="More about the definition">
            Definition
            <Icon name="down" />
          </button>
        }
      >
        {managed ? <MenuItem onSelect={() => router.push(`/slos/${id}/edit`)}>YAML, managed by Git</MenuItem> : null}
        {may && !managed ? <MenuItem onSelect={() => router.push(`/slos/${id}/edit`)}>Edit</MenuItem> : null}
        <MenuItem onSelect={() => router.push(`/slos/${id}/versions`)}>Versions</MenuItem>
        <MenuItem onSelect={() => router.push(`/slos/${id}/what-if`)}>What if …</MenuItem>
        <MenuItem onSelect={() => router.push(`/slos/${id}/export`)}>Export</MenuItem>
        {may ? (
          <>
            <MenuItem onSelect={() => router.push(`/slos/new?clone=${id}`)}>Clone</MenuItem>
            <MenuItem onSelect={() => setOpen('template')}>Make a template</MenuItem>
          </>
        ) : null}
        {may && !managed ? (
          <>
            <MenuLine />
            <MenuItem onSelect={() => setOpen('delete')}>Delete</MenuItem>
          </>
        ) : null}
      </Menu>
      <Dialog
        open={open === 'delete'}
        onOpenChange={(next) => (next ? undefined : deleted ? router.push('/') : setOpen(null))}
        title={deleted ? 'Deleted' : `Delete ${name}?`}
      >
        <div className="e-conflict">
          <p>
            {deleted
              ? `${name} is off every list and no longer measured. Its history is kept.`
              : 'It leaves every list and is no longer measured. History and versions stay, and it can be brought back. A composite over it goes on without it, by its policy for late members.'}
          </p>
          {message ? <p role="alert">{message}</p> : null}
          <div className="e-choices">
            {deleted ? (
              <button type="button" className="btn" onClick={bringBack}>
                Bring it back
              </button>
            ) : (
              <button type="button" className="btn btn-danger" onClick={remove}>
                Delete the SLO
              </button>
            )}
          </div>
        </div>
      </Dialog>
      <TemplateDialog open={open === 'template'} onClose={() => setOpen(null)} sloId={id} name={name} />
    </>
  )
}
