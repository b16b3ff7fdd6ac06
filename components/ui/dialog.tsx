'use client'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { Icon } from './icon'

type Props = { open: boolean; onOpenChange: (open: boolean) => void; title: string; children: ReactNode }

export function Dialog({ open, onOpenChange, title, children }: Props) {
  // A dialog that is opened by state alone has no trigger to go back to.
  const opener = useRef<Element | null>(null)
  const goBack = (event: Event) => {
    if (!(opener.current instanceof HTMLElement && opener.current.isConnected)) return
    event.preventDefault()
    opener.current.focus()
  }
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="dialog-shade" />
        <Radix.Content
          className="dialog"
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            opener.current = document.activeElement
          }}
          onCloseAutoFocus={goBack}
        >
          <div className="dialog-head">
            <Radix.Title className="dialog-title">{title}</Radix.Title>
            <Radix.Close className="btn btn-quiet btn-icon" aria-label="Close">
              <Icon name="cross" />
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
