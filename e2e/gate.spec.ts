import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tokenFor } from './command-line'
import { expect, test } from './fixtures'

// The script of docs/release-gate.md, as it stands there, in a real shell.

const script =
  /<!-- tested by e2e\/gate\.spec\.ts -->\s+```bash\n([\s\S]*?)```/.exec(readFileSync('docs/release-gate.md', 'utf8'))?.[1] ?? ''

test('the script for pipelines without the command exits as it says', async ({ baseURL }) => {
  const run = (env: Record<string, string>) =>
    spawnSync('bash', ['-c', script], {
      encoding: 'utf8',
      env: { ...process.env, HEADROOM_URL: baseURL, CHANGE_TYPE: 'feature', ...env } as NodeJS.ProcessEnv,
    })
  const token = await tokenFor('engineer')
  const asked = { HEADROOM_TOKEN: token, SERVICE: 'search-api', RISK: 'high', VERSION: `gate-${Date.now()}` }
  const answer = run(asked)
  expect([0, 1, 2], answer.stderr).toContain(answer.status)
  expect(answer.stdout).toMatch(/\w/)
  // The same question again has the same answer: its key is the version.
  expect(run(asked).stdout).toBe(answer.stdout)
  const wrong = run({ ...asked, HEADROOM_TOKEN: 'hr_wrong' })
  expect([wrong.status, wrong.stdout]).toEqual([3, expect.stringContaining('unknown, expired or revoked')])
  expect(run({ ...asked, HEADROOM_URL: 'http://127.0.0.1:9' }).status).toBe(3)
})
