import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // Lets a second copy (tests, a build beside a running server) keep its own output.
  distDir: process.env.HEADROOM_DIST ?? '.next',
}

export default config
