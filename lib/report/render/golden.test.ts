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
      'checkout.html': 'd74edd2cb8467f18f6aff2955b01c6d394978939b51500497d5f6e377fd0a8ee',
      'checkout.json': '1614463fa09e9225aeea63e8f7c53bafbacab1ec88b407569fe2a00a101fece6',
      'checkout.csv': 'b6b2632b20e51da15803c5b2874b97071eda851a4d8458d4a9633126ca8e1f06',
      'checkout in plain words': 'a9bd4288f10414a26f83c0bea68ee16df24f3856a1c4fa8ed8826d7885d6f371',
      'none.html': 'da1300fa438256cc527f479fdd19f8780fb04ddefae6809bb455367a156a6933',
      'preview.html': '828bef028dddc83383c7f29040a4d10a82f948544b2647a7af033053dcff476a',
      'revised.html': '229fc666d45296e4885cffe9869c4f32264051eae5982ae89d28d1759a9f2d96',
      'hostile.html': '903c10d3a5b54af7d0ce3a25dbc62230a02c9197e3c5e207657f8c43916ec569',
      'much.html': '312e60f5b096118d64bd2346820f48f7d91788bebde309d74d5213661d63adb1',
      'organisation.html': 'dc33d04ace2c6a11a4fb9bd993f37906a179fd38286de7564953699b11c0c6b7',
      'organisation.csv': '2c547642936512386ecab2ed7cdbd2e11e064156f10b71c1f2933e491aa44d97',
      'organisation of a thousand.html': '333fbdd87e1791a887cf270d6eb920d6ba3b2429e16b7649a9d639b184b10a80',
    })
  }, 60_000)
})
