'use client'
import { useState } from 'react'

/** A line for the terminal, and a button that takes it along. */
export function CopyCommand({ command }: { command: string }) {
  const [said, setSaid] = useState('')
  const copy = async () => {
    const copied = await navigator.clipboard
      ?.writeText(command)
      .then(() => true)
      .catch(() => false)
    setSaid(copied ? 'Copied' : 'Select it and copy it yourself')
  }
  return (
    <span className="dr-command">
      <code>{command}</code>
      <button type="button" className="btn" onClick={copy} aria-label={`Copy ${command}`}>
        {said || 'Copy'}
      </button>
      <span className="sr-only" role="status">
        {said}
      </span>
    </span>
  )
}
