import { useEffect, useRef, useState } from 'react'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** Files may be dropped anywhere on the page. True while some are above it. */
export function useDrop(onDrop: (data: DataTransfer) => void): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(onDrop)
  latest.current = onDrop
  useEffect(() => {
    // The pointer leaves one element after it has entered the next.
    let depth = 0
    const leave = (next: number) => {
      depth = Math.max(0, next)
      setOver(depth > 0)
    }
    const listeners: { [name in 'dragenter' | 'dragleave' | 'dragover' | 'drop']: (event: DragEvent) => void } = {
      dragenter: (event) => (hasFiles(event) ? leave(depth + 1) : undefined),
      dragleave: (event) => (hasFiles(event) ? leave(depth - 1) : undefined),
      dragover: (event) => (hasFiles(event) ? event.preventDefault() : undefined),
      drop: (event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        leave(0)
        if (event.dataTransfer) latest.current(event.dataTransfer)
      },
    }
    // Before the editor, which would write the name of the file into the text.
    for (const [name, listen] of Object.entries(listeners)) window.addEventListener(name, listen as EventListener, true)
    return () => {
      for (const [name, listen] of Object.entries(listeners)) window.removeEventListener(name, listen as EventListener, true)
    }
  }, [])
  return over
}
