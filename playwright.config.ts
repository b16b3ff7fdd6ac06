import { defineConfig } from '@playwright/test'

/** Against the demo that `npm test` has started. */
export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  // The outage takes minutes of waiting and hardly any work: `npm test` runs it beside the others.
  projects: [
    { name: 'outage', testMatch: /(outage|release-cost)\.spec/ },
    { name: 'screens', testIgnore: /(outage|release-cost)\.spec/ },
  ],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  // A busy machine may lose one attempt; what needed a second one is named at the end of `npm test`.
  retries: 1,
  reporter: [['list'], ['json']],
  use: {
    baseURL: process.env.E2E_BASE_URL ?? 'http://localhost:3000',
    viewport: { width: 1280, height: 720 },
    colorScheme: 'light',
    trace: 'off',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
