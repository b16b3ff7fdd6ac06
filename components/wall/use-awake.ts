import { useEffect } from 'react'

/** Keeps the screen on where the browser can. A lock ends when the page is hidden, and is asked for again when it is seen. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null
    let alive = true
    const hold = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
      // Refused on low battery, for example: then the screen does what its owner set.
      const held = await navigator.wakeLock.request('screen').catch(() => null)
      if (alive) lock = held
      else await held?.release()
    }
    const seen = () => void hold()
    void hold()
    document.addEventListener('visibilitychange', seen)
    return () => {
      alive = false
      document.removeEventListener('visibilitychange', seen)
      void lock?.release()
    }
  }, [])
}
