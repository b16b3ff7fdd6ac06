import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { themeScript } from '@/components/frame/theme'
import { SvgPatterns } from '@/components/slo/svg-patterns'
import '@fontsource-variable/inter/wght.css'
import './globals.css'
import { Providers } from './providers'

export const metadata: Metadata = {
  title: { default: 'Headroom', template: '%s · Headroom' },
  description: 'How much unreliability can we still afford, and what do we do about it?',
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f5f6f8' },
    { media: '(prefers-color-scheme: dark)', color: '#0e1115' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    // The theme script may set data-theme before React looks at the element.
    <html lang="en" suppressHydrationWarning>
      <body>
        <script nonce={nonce} suppressHydrationWarning>
          {themeScript}
        </script>
        <SvgPatterns />
        <Providers>{children}</Providers>
      </body>
    </html>
  )
}
