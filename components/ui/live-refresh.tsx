'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** As often as there can be something new. */
const EVERY = 30_000

/** Reads the page again while it is looked at; what has not changed stays where it is. */
export function LiveRefresh() {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, EVERY)
    return () => clearInterval(timer)
  }, [router])
  return null
}
