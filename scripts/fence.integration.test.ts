import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// The fence is only worth something when it stops what it is there to stop: one planted violation per rule.

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headroom-fence-'))
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json']) cpSync(file, join(folder, file))
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function cruise(files: Record<string, string>): string {
  for (const top of ['app', 'components', 'lib']) {
    rmSync(join(folder, top), { recursive: true, force: true })
    mkdirSync(join(folder, top))
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const program = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const { stdout, stderr } = spawnSync(process.execPath, [program, 'app', 'components', 'lib', '--output-type', 'err'], {
    cwd: folder,
    encoding: 'utf8',
  })
  return stdout + stderr
}

const one = 'export const one = 1\n'
const takes = (from: string) => `import { one } from '${from}'\nexport const two = one + 1\n`

const PLANTED: [rule: string, files: Record<string, string>][] = [
  [
    'no-cycles',
    {
      'lib/slo/a.ts': `import { b } from './b'\nexport const a = () => b\n`,
      'lib/slo/b.ts': `import { a } from './a'\nexport const b = () => a\n`,
    },
  ],
  ['lib-knows-no-screen', { 'lib/slo/a.ts': takes('../../components/ui/b'), 'components/ui/b.ts': one }],
  ['components-know-no-routes', { 'components/slo/a.ts': takes('../../app/b'), 'app/b.ts': one }],
  ['components-are-given-data', { 'components/slo/a.ts': takes('../../lib/slo/reads'), 'lib/slo/reads.ts': one }],
  ['primitives-know-no-domain', { 'components/ui/a.ts': takes('../../lib/slo/b'), 'lib/slo/b.ts': one }],
  ['storage-behind-reads-and-commands', { 'app/page.ts': takes('../lib/db/client'), 'lib/db/client.ts': one }],
  ['pure-files-do-no-io', { 'lib/slo/a.ts': takes('../db/client'), 'lib/db/client.ts': one }],
  [
    'pure-files-need-no-node',
    { 'lib/slo/a.ts': `import { readFileSync } from 'node:fs'\nexport const a = () => readFileSync('x')\n` },
  ],
  ['domain-knows-no-request', { 'lib/slo/reads.ts': takes('../auth/session'), 'lib/auth/session.ts': one }],
  ['nothing-imports-the-poller', { 'lib/slo/commands.ts': takes('../poller/tick'), 'lib/poller/tick.ts': one }],
  ['adapters-know-no-slo', { 'lib/prometheus/a.ts': takes('../slo/b'), 'lib/slo/b.ts': one }],
]

describe('the fence', () => {
  it.each(PLANTED)('stops %s', (rule, files) => expect(cruise(files)).toContain(rule))
  it('lets through what is allowed', () =>
    expect(
      cruise({ 'app/page.ts': takes('../lib/slo/reads'), 'lib/slo/reads.ts': takes('../db/client'), 'lib/db/client.ts': one }),
    ).toContain('no dependency violations'))
})
