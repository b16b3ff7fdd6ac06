'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteServiceNow } from '@/app/(portal)/services/actions'
import { Dialog } from '@/components/ui/dialog'
import { Icon } from '@/components/ui/icon'
import { Menu, MenuItem, MenuLine } from '@/components/ui/menu'
import type { Service } from '@/lib/service/service'
import { listText } from '@/lib/service/tier-recommendation'

/** What is done with the definition of a service. */
export function ServiceMenu({ service }: { service: Service }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [message, setMessage] = useState('')
  const { slug, name, version, sloCount, managed } = service
  const remove = async () => {
    const result = await deleteServiceNow({ slug, version })
    if (result.ok) return router.push('/services')
    setMessage(result.message)
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
        <MenuItem onSelect={() => router.push(`/services/${slug}/edit`)}>Edit</MenuItem>
        {managed ? null : (
          <>
            <MenuLine />
            <MenuItem onSelect={() => setOpen(true)}>Delete</MenuItem>
          </>
        )}
      </Menu>
      <Dialog open={open} onOpenChange={setOpen} title={sloCount > 0 ? `${name} cannot be deleted` : `Delete ${name}?`}>
        <div className="e-conflict">
          <p>
            {sloCount > 0
              ? `It has ${sloCount === 1 ? 'an SLO' : `${sloCount} SLOs`}. Delete or move ${sloCount === 1 ? 'it' : 'them'} first.`
              : lossText(service)}
          </p>
          {message ? <p role="alert">{message}</p> : null}
          {sloCount > 0 ? null : (
            <div className="e-choices">
              <button type="button" className="btn btn-danger" onClick={remove}>
                Delete the service
              </button>
            </div>
          )}
        </div>
      </Dialog>
    </>
  )
}

/** What is gone with it. The audit keeps who deleted it and what was written. */
function lossText({ version, dependencies, dependants }: Service): string {
  const arrows = [
    ...(dependencies.length > 0 ? [`that it needs ${listText(dependencies.map(({ name }) => name))}`] : []),
    ...(dependants.length > 0
      ? [`that ${listText(dependants.map(({ name }) => name))} need${dependants.length > 1 ? '' : 's'} it`]
      : []),
  ]
  const graph = arrows.length > 0 ? ` The graph forgets ${listText(arrows)}.` : ''
  return `Its description, context, links, owners and ${version === 1 ? 'its only version' : `${version} versions`} are lost.${graph} It cannot be brought back.`
}
