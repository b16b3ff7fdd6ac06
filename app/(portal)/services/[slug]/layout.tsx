import type { ReactNode } from 'react'
import { loadService } from './load'

type Props = { params: Promise<{ slug: string }>; children: ReactNode }

/** Above the loading state, so that what is not there is answered with 404 and not with a page on its way. */
export default async function Layout({ params, children }: Props) {
  await loadService((await params).slug)
  return children
}
