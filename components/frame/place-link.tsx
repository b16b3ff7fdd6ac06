'use client'
import Link from 'next/link'
import { type ComponentProps, useState } from 'react'

/**
 * A link of the frame, which stands on every page: it loads ahead when somebody is about to follow it. By itself each page would
 * ask for all places there are, two requests for each.
 */
export function PlaceLink(props: ComponentProps<typeof Link>) {
  const [meant, setMeant] = useState(false)
  const mean = () => setMeant(true)
  return <Link {...props} prefetch={meant ? null : false} onPointerEnter={mean} onFocus={mean} />
}
