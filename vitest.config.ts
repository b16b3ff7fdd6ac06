import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const root = fileURLToPath(new URL('.', import.meta.url))
const shared = {
  // The package exists to fail outside a React server; in tests every module is on the server.
  alias: { '@/': root, 'server-only': `${root}/node_modules/server-only/empty.js` },
  // A zone with an odd offset shows every place that mixes local time with UTC.
  env: { TZ: 'Asia/Kathmandu', NODE_ENV: 'test' as const },
  exclude: ['node_modules/**', '.next*/**', '.headroom/**', 'e2e/**'],
}

/** Small files that run long. A checkout that was never tested knows sizes only, and would begin them when the others are done. */
const LONG = /(conformance\/(windows|alerts)|cli\/(gate|gitops-docs)|world\/refusals|poller\/(composites|kill))\.integration/

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const long = sorted.filter(({ moduleId }) => LONG.test(moduleId))
    return [...long, ...sorted.filter((file) => !long.includes(file))]
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
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
          // Loading what is tested again for each file takes as long as testing it.
          isolate: false,
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
