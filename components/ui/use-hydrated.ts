import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** False until the browser has taken the page over: what is typed before would be lost. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
