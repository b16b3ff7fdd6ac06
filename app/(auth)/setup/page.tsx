import type { Metadata } from 'next'
import { AuthCard } from '@/components/sign-in/auth-card'
import { SetupForm } from '@/components/sign-in/setup-form'

export const metadata: Metadata = { title: 'First administrator' }

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const { token = '' } = await searchParams
  return (
    <AuthCard title="First administrator">
      {token ? (
        <SetupForm token={token} />
      ) : (
        <p className="auth-note">Open the address that Headroom printed when it started: it carries the token this page needs.</p>
      )}
    </AuthCard>
  )
}
