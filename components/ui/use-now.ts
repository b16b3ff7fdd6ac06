'use client'
import { useEffect, useState } from 'react'

/** Unix seconds, moving on. Begins with the server's clock, so that both render the same. */
export function useNow(start: number, everySeconds = 5): number {
  const [now, setNow] = useState(start)
  useEffect(() => {
    const update = () => setNow(Math.floor(Date.now() / 1000))
    update()
    const timer = setInterval(update, everySeconds * 1000)
    return () => clearInterval(timer)
  }, [everySeconds])
  return now
}
