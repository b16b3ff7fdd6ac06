'use client'
import { useEffect } from 'react'
import { Ended } from '@/components/wall/ended'

/** Nobody stands before this screen to press a button. */
const AGAIN = 30_000

export default function WallError() {
  useEffect(() => {
    const timer = setTimeout(() => location.reload(), AGAIN)
    return () => clearTimeout(timer)
  }, [])
  return <Ended sentence="The wall could not be shown. It is loaded again in half a minute." theme="dark" signIn={false} />
}
