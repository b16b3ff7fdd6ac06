import type { ReactNode } from 'react'
import { Logo } from '@/components/frame/logo'
import { ThemeSwitch } from '@/components/frame/theme-switch'

export function AuthCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="auth">
      <header className="auth-head">
        <span className="auth-brand">
          <Logo />
          Headroom
        </span>
        <ThemeSwitch />
      </header>
      <main className="auth-card panel">
        <h1>{title}</h1>
        {children}
      </main>
      <footer className="auth-foot">How much unreliability can we still afford, and what do we do about it?</footer>
    </div>
  )
}
