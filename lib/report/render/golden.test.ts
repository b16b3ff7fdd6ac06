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
      'checkout.html': '88b263cac56d5341549e8655a1aed6bf522410205615681ec806ad0be64b457c',
      'checkout.json': '1614463fa09e9225aeea63e8f7c53bafbacab1ec88b407569fe2a00a101fece6',
      'checkout.csv': 'b6b2632b20e51da15803c5b2874b97071eda851a4d8458d4a9633126ca8e1f06',
      'checkout in plain words': 'a83ecb6d7da9e50e9df0c6943160e851f0be8194c7fcf704850e824689696801',
      'none.html': 'da1300fa438256cc527f479fdd19f8780fb04ddefae6809bb455367a156a6933',
      'preview.html': '7ede7ffa42d9890c86c358712b06b8f031fc6f62f8728ec5800c2163df1fc22a',
      'revised.html': 'bcdeb2e2d1448ea054e58338d7a368911c4e8829c06c376be79c6b1675e9073b',
      'hostile.html': '9df7ebc75ac5c9b1526ce4726f5d786308d9753e5beb6fa58e7e269cac2777ea',
      'much.html': 'c541c009e9f8c23ab8badb38802543bb40ddda9668b0e20d3fbd8cae44d73d75',
      'organisation.html': 'dc33d04ace2c6a11a4fb9bd993f37906a179fd38286de7564953699b11c0c6b7',
      'organisation.csv': '2c547642936512386ecab2ed7cdbd2e11e064156f10b71c1f2933e491aa44d97',
      'organisation of a thousand.html': '333fbdd87e1791a887cf270d6eb920d6ba3b2429e16b7649a9d639b184b10a80',
    })
  }, 60_000)
})
