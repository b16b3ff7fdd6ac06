'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteJourneyNow } from '@/app/(portal)/journeys/actions'
import { Dialog } from '@/components/ui/dialog'
import { Icon } from '@/components/ui/icon'
import { Menu, MenuItem, MenuLine } from '@/components/ui/menu'

type Props = { journey: { slug: string; version: number; name: string; result: unknown } }

/** What is done with a journey. */
export function JourneyMenu({ journey: { slug, version, name, result } }: Props) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [message, setMessage] = useState('')
  const remove = async () => {
    const done = await deleteJourneyNow({ slug, version })
    if (done.ok) router.push('/journeys')
    else setMessage(done.message)
  }
  return (
    <>
      <Menu
        end
        trigger={
          <button type="button" className="btn" aria-label="More about the journey">
            Journey
            <Icon name="down" />
          </button>
        }
      >
        <MenuItem onSelect={() => router.push(`/journeys/${slug}/edit`)}>Edit</MenuItem>
        {result ? null : <MenuItem onSelect={() => router.push(`/slos/new?journey=${slug}`)}>Create its composite SLO</MenuItem>}
        <MenuLine />
        <MenuItem onSelect={() => setOpen(true)}>Delete</MenuItem>
      </Menu>
      <Dialog open={open} onOpenChange={setOpen} title={`Delete ${name}?`}>
        <div className="e-conflict">
          <p>
            The journey and its steps are lost; the audit log keeps what they were. The SLOs it names stay and are measured on.
          </p>
          {message ? <p role="alert">{message}</p> : null}
          <div className="e-choices">
            <button type="button" className="btn btn-danger" onClick={remove}>
              Delete the journey
            </button>
          </div>
        </div>
      </Dialog>
    </>
  )
}
