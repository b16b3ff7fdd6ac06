import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../../', import.meta.url))

/** In a process of its own, with a zone, a language and nothing else. */
async function hashesIn(zone: string, language: string): Promise<Record<string, string>> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', `${root}/lib/report/render/golden-fixture.ts`], {
    cwd: root,
    env: { NODE_ENV: 'test', PATH: process.env.PATH, TZ: zone, LANG: language, LC_ALL: language },
    maxBuffer: 10_000_000,
  })
  return JSON.parse(stdout) as Record<string, string>
}

describe('the bytes of a report', () => {
  it('are the same in every process, zone and language, and the same as ever', async () => {
    const [east, west] = await Promise.all([
      hashesIn('Asia/Kathmandu', 'de_DE.UTF-8'),
      hashesIn('America/St_Johns', 'ar_EG.UTF-8'),
    ])
    expect(west).toEqual(east)
    // Whoever changes how reports look or read changes these on purpose; kept reports stay as they were.
    expect(east).toMatchObject({
      'checkout.html': 'HASH',
    })
  }, 60_000)
})
