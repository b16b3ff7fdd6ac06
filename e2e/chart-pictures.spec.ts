import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { addressOf, expect, test } from './fixtures'

const NAME = 'Orders placed'

async function saved(page: Page, chart: string, what: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: `Copy or save: ${chart}`, exact: true }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: what }).click()])
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

test('charts of an SLO are saved as pictures that need no page, and as the data of the API', async ({ page, context }) => {
  const path = await addressOf(page, NAME)
  await page.goto(`${path}?range=7d`)
  await expect(page.locator('.chart-sli .recharts-line-curve').first()).toBeAttached()

  const svg = await saved(page, 'Budget left', 'Save SVG')
  expect(svg.name).toMatch(/-budget-left\.svg$/)
  const text = svg.bytes.toString('utf8')
  // Nothing of it comes from the page: no classes, no variables, no addresses, no hatch that is missing.
  expect(text).not.toMatch(/class="|var\(|light-dark\(|href=|foreignObject/)
  for (const [, id] of text.matchAll(/url\(#([^)]+)\)/g)) expect(text).toContain(`id="${id}"`)
  expect(text).toContain(NAME)
  expect(text).toMatch(/as of the latter/)

  const png = await saved(page, 'Budget left', 'Save PNG')
  expect(png.bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
  const [width, height] = [png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]
  const [, wide, high] = /width="(\d+)" height="(\d+)"/.exec(text) ?? []
  expect([width, height]).toEqual([2 * Number(wide), 2 * Number(high)])

  // Alone on a page, it is drawn as large as it says, with more than one colour.
  const alone = await context.newPage()
  await alone.setContent(`<img alt="" src="data:image/svg+xml;base64,${svg.bytes.toString('base64')}">`)
  const drawn = await alone.locator('img').evaluate(async (image: HTMLImageElement) => {
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: image.naturalWidth, height: image.naturalHeight })
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0)
    const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] as number[] }
    const colours = new Set<string>()
    for (let i = 0; i < data.length; i += 4 * 97) colours.add(`${data[i]} ${data[i + 1]} ${data[i + 2]}`)
    return { width: image.naturalWidth, height: image.naturalHeight, colours: colours.size }
  })
  expect(drawn).toMatchObject({ width: Number(wide), height: Number(high) })
  expect(drawn.colours).toBeGreaterThan(5)
  await alone.close()

  const csv = (await saved(page, 'SLI', 'Save data as CSV')).bytes.toString('utf8').trimEnd().split('\r\n').slice(1)
  const history = (await (await page.request.get(`/api/v1${path}/history?range=7d`)).json()) as {
    points: { at: string; sli: number | null; total: number | null }[]
  }
  const known = new Map(history.points.map(({ at, ...point }) => [Date.parse(at), point]))
  let compared = 0
  for (const line of csv) {
    const [at = '', , sli = '', total = ''] = line.split(',')
    const point = known.get(Date.parse(at))
    if (!point) continue
    compared += 1
    expect([sli, total]).toEqual([point.sli === null ? '' : String(point.sli), point.total === null ? '' : String(point.total)])
  }
  expect(compared).toBeGreaterThan(csv.length - 3)
})

test('a chart is copied, and saved where the browser does not let the page', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(await addressOf(page, NAME))
  await expect(page.locator('.chart-sli .recharts-line-curve').first()).toBeAttached()
  const choose = async (what: string) => {
    // By keys alone: the menu opens under its button, and letters find its lines.
    await page.getByRole('button', { name: 'Copy or save: Burn rate' }).press('Enter')
    await page.getByRole('menuitem', { name: what }).press('Enter')
  }
  await choose('Copy PNG')
  await expect(page.getByText('Copied: PNG.')).toBeVisible()
  const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types))
  expect(types).toContain('image/png')
  await choose('Copy data as CSV')
  await expect(page.getByText('Copied: data as CSV.')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^time \(UTC\),burn over 1 h/)
  await page.evaluate(() => Object.defineProperty(navigator.clipboard, 'write', { value: () => Promise.reject(new Error('no')) }))
  const [download] = await Promise.all([page.waitForEvent('download'), choose('Copy SVG')])
  expect(download.suggestedFilename()).toMatch(/-burn-rate\.svg$/)
  await expect(page.getByText(/^The browser does not let this page copy\. Saved as /)).toBeVisible()
})

test('the ledger is a picture with its bars and figures', async ({ page }) => {
  await page.goto(`${await addressOf(page, NAME)}/ledger`)
  const text = (await saved(page, 'Where the budget went', 'Save SVG')).bytes.toString('utf8')
  expect(text).toContain('>Consumed<')
  expect(text.match(/<rect/g)?.length).toBeGreaterThan(3)
  const csv = (await saved(page, 'Where the budget went', 'Save data as CSV')).bytes.toString('utf8')
  const shares = csv
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => Number(line.split(',').at(-2)))
  const sum = shares.slice(0, -1).reduce((a, b) => a + b, 0)
  expect(sum).toBeCloseTo(shares.at(-1) ?? Number.NaN, 9)
})
