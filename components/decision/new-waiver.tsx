'use client'
import { useState } from 'react'
import { Icon } from '@/components/ui/icon'
import type { UnixSeconds } from '@/lib/time-series/units'
import { WaiverDialog } from './waiver-dialog'

type Props = { services: { slug: string; name: string }[]; now: UnixSeconds }

export function NewWaiver({ services, now }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="btn btn-sm top-new" aria-label="Ask for a waiver" onClick={() => setOpen(true)}>
        <Icon name="plus" />
        <span>Ask for a waiver</span>
      </button>
      {open ? <WaiverDialog service={services} request={null} now={now} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
