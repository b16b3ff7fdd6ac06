import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AuthCard } from '@/components/sign-in/auth-card'
import { DemoPeople } from '@/components/sign-in/demo-people'
import { SignInForm } from '@/components/sign-in/sign-in-form'
import { Link } from '@/components/ui/link'
import { signInOptions } from '@/lib/auth/reads'
import { ROLE_WORDS } from '@/lib/auth/role'
import { safePath } from '@/lib/auth/safe-path'
import { currentActor } from '@/lib/auth/session'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ from?: string }> }) {
  const to = safePath((await searchParams).from)
  if (await currentActor()) redirect(to)
  const { demo, setupOpen } = await signInOptions()
  return (
    <AuthCard title="Sign in">
      {demo.length > 0 ? (
        <DemoPeople to={to} people={demo.map((person) => ({ ...person, role: ROLE_WORDS[person.role] }))} />
      ) : null}
      <SignInForm to={to} />
      {setupOpen ? (
        <p className="auth-note">
          Nobody administers this Headroom yet. <Link href="/setup">Create the first administrator</Link>
        </p>
      ) : null}
    </AuthCard>
  )
}
