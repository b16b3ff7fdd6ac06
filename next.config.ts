import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // `npm run verify` checks types, of everything; whoever starts Headroom need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // Lets a second copy (tests, a build beside a running server) keep its own output.
  // The last part of an address of the router has no ending; the address of a report as a file has one.
  rewrites: async () => [
    {
      source: '/reports/:service/:month(\\d{4}-\\d{2}).:format(html|json|csv)',
      destination: '/reports/:service/:month/:format',
    },
  ],
  // Files with SLOs come in by an action: as many letters as lib/slo-as-code/import-schema.ts takes, and some of three bytes.
  experimental: { serverActions: { bodySizeLimit: '16mb' }, proxyClientMaxBodySize: '16mb' },
  distDir: process.env.HEADROOM_DIST ?? '.next',
}

export default config
