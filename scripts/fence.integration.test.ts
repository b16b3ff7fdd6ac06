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

type Violation = { from: string; rule: { name: string } }
type Report = { modules: { source: string }[]; summary: { violations: Violation[] } }

function cruise(files: Record<string, string>): Violation[] {
  for (const top of ['app', 'components', 'lib']) {
    rmSync(join(folder, top), { recursive: true, force: true })
    mkdirSync(join(folder, top))
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const program = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const { stdout } = spawnSync(process.execPath, [program, 'app', 'components', 'lib', '--output-type', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  })
  const { modules, summary } = JSON.parse(stdout) as Report
  expect(modules.map(({ source }) => source)).toEqual(expect.arrayContaining(Object.keys(files)))
  return summary.violations
}

const one = 'export const one = 1\n'
const takes = (from: string) => `import { one } from '${from}'\nexport const two = one + 1\n`

/** All of them stand at once, each in files of its own; the first file of each is the one at fault. */
const PLANTED: [rule: string, files: Record<string, string>][] = [
  [
    'no-cycles',
    {
      'lib/slo/a.ts': `import { b } from './b'\nexport const a = () => b\n`,
      'lib/slo/b.ts': `import { a } from './a'\nexport const b = () => a\n`,
    },
  ],
  ['lib-knows-no-screen', { 'lib/slo/screen.ts': takes('../../components/ui/one'), 'components/ui/one.ts': one }],
  ['components-know-no-routes', { 'components/slo/route.ts': takes('../../app/one'), 'app/one.ts': one }],
  ['components-are-given-data', { 'components/slo/data.ts': takes('../../lib/slo/reads'), 'lib/slo/reads.ts': one }],
  ['primitives-know-no-domain', { 'components/ui/domain.ts': takes('../../lib/slo/one'), 'lib/slo/one.ts': one }],
  ['storage-behind-reads-and-commands', { 'app/page.ts': takes('../lib/db/client'), 'lib/db/client.ts': one }],
  ['pure-files-do-no-io', { 'lib/slo/stored.ts': takes('../db/pool'), 'lib/db/pool.ts': one }],
  [
    'pure-files-need-no-node',
    { 'lib/slo/read.ts': `import { readFileSync } from 'node:fs'\nexport const a = () => readFileSync('x')\n` },
  ],
  ['domain-knows-no-request', { 'lib/service/reads.ts': takes('../auth/session'), 'lib/auth/session.ts': one }],
  ['nothing-imports-the-poller', { 'lib/slo/commands.ts': takes('../poller/tick'), 'lib/poller/tick.ts': one }],
  ['adapters-know-no-slo', { 'lib/prometheus/ask.ts': takes('../slo/two'), 'lib/slo/two.ts': one }],
]

describe('the fence', () => {
  let found: Violation[] = []
  beforeAll(() => {
    found = cruise(Object.assign({}, ...PLANTED.map(([, files]) => files)))
  })

  it.each(PLANTED)('stops %s', (rule, files) =>
    expect(found.filter(({ rule: { name } }) => name === rule).map(({ from }) => from)).toContain(Object.keys(files)[0]),
  )
  it('lets through what is allowed', () =>
    expect(
      cruise({ 'app/page.ts': takes('../lib/slo/reads'), 'lib/slo/reads.ts': takes('../db/client'), 'lib/db/client.ts': one }),
    ).toEqual([]))
})
