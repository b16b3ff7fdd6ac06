import type { ReactNode } from 'react'
import { loadSlo } from './load'

type Props = { params: Promise<{ id: string }>; children: ReactNode }

/** Above the loading state, so that what is not there is answered with 404 and not with a page on its way. */
export default async function Layout({ params, children }: Props) {
  await loadSlo((await params).id)
  return children
}
