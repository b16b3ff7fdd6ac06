import type { ReactNode } from 'react'
import { KeysProvider } from '@/components/frame/keys-provider'
import { requireActorForPage } from '@/lib/auth/session'

/** A shared screen: nothing but what is talked about. */
export default async function MeetingLayout({ children }: { children: ReactNode }) {
  await requireActorForPage()
  return <KeysProvider first="In a review">{children}</KeysProvider>
}
