'use client'
import { type ReactNode, useRef } from 'react'
import { type Brought, chosenFiles } from './taken-files'

type Props = {
  onBrought: (brought: Promise<Brought>) => void
  children: (choose: { files: () => void; folder: () => void }) => ReactNode
}

/** The dialogs of the browser for files and for a folder, behind whatever buttons there are. */
export function FileChoice({ onBrought, children }: Props) {
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const take = (input: HTMLInputElement) => {
    if (input.files && input.files.length > 0) onBrought(chosenFiles(input.files))
  }
  const input = {
    type: 'file',
    multiple: true,
    hidden: true,
    // The same file may be chosen again, mended.
    onClick: (event: { currentTarget: HTMLInputElement }) => {
      event.currentTarget.value = ''
    },
    onChange: (event: { currentTarget: HTMLInputElement }) => take(event.currentTarget),
  }
  return (
    <>
      <input ref={files} {...input} aria-label="Files" />
      <input ref={folder} {...input} aria-label="Folder" {...{ webkitdirectory: '' }} />
      {children({ files: () => files.current?.click(), folder: () => folder.current?.click() })}
    </>
  )
}
