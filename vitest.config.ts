import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const shared = {
  // The package exists to fail outside a React server; in tests every module is on the server.
  alias: { '@/': root, 'server-only': `${root}/node_modules/server-only/empty.js` },
  // A zone with an odd offset shows every place that mixes local time with UTC.
  env: { TZ: 'Asia/Kathmandu', NODE_ENV: 'test' as const },
  exclude: ['node_modules/**', '.next*/**', '.headroom/**', 'e2e/**'],
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          // Pure files leave nothing behind: one process for all is three times as fast.
          isolate: false,
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...shared.exclude, '**/*.{integration,world}.test.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          testTimeout: 60_000,
          // Each file has a database of its own, and waits for it most of the time.
          maxWorkers: 2,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'world',
          include: ['**/*.world.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
