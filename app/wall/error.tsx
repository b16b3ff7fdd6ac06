'use client'
import { useEffect } from 'react'
import { Ended } from '@/components/wall/ended'
import { reloadWhenServed } from '@/components/wall/reload'

/** Nobody stands before this screen to press a button. */
const AGAIN = 30_000

export default function WallError() {
  useEffect(() => {
    const timer = setInterval(() => void reloadWhenServed(0), AGAIN)
    return () => clearInterval(timer)
  }, [])
  return <Ended sentence="The wall could not be shown. It is tried again every half minute." theme="dark" signIn={false} />
}
