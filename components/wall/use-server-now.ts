import { useEffect, useState } from 'react'
import { type Mark, markOf, passed } from './clock'

/** The server's clock in unix seconds, moving on from what it said at `mark`; without one, from what it said in the page. */
export function useServerNow(at: number, mark: Mark | null): number {
  const [now, setNow] = useState(at)
  useEffect(() => {
    const from = mark ?? markOf()
    const update = () => setNow(at + passed(from, markOf()))
    update()
    const timer = setInterval(update, 1_000)
    return () => clearInterval(timer)
  }, [at, mark])
  return now
}
