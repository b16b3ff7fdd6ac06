import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // `npm run verify` checks types, of everything; whoever starts Headroom need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // Lets a second copy (tests, a build beside a running server) keep its own output.
  distDir: process.env.HEADROOM_DIST ?? '.next',
}

export default config
