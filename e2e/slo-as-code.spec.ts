import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { parse, parseAllDocuments } from 'yaml'
import { addressOf, expect, expectAccessible, itFits, pressKey, signedInAs, test } from './fixtures'
import { FAULTY, filesOf } from './slo-as-code-files'

const stampOf = () => `${Date.now().toString(36)}${test.info().workerIndex}${test.info().retry}`
const bring = async (page: Page, files: Record<string, string | Buffer>) => {
  await page.goto('/slos/import')
  await expect(page.getByRole('button', { name: 'Choose a folder' })).toBeEnabled()
  await page
    .getByLabel('Files', { exact: true })
    .setInputFiles(
      Object.entries(files).map(([name, text]) => ({ name, mimeType: 'text/yaml', buffer: Buffer.from(text as string) })),
    )
}
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 2, name })
const source = (page: Page) => page.getByRole('textbox', { name: /^Source of/ })
const faultsOf = (page: Page) => page.getByRole('region', { name: /^Faults/ })

test('files of every format come in to the end: looked at, chosen, saved; and again as a change', async ({ page }) => {
  test.slow()
  const stamp = stampOf()
  const { 'slo-generator.yaml': pasted = '', ...files } = filesOf(stamp)
  await bring(page, files)
  await expect(heading(page, '4 SLOs can be read')).toBeVisible()
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('menuitem', { name: 'Text' }).click()
  await source(page).fill(pasted)
  await expect(heading(page, '5 SLOs can be read')).toBeVisible()
  await expect(page.getByText('slo-generator, 1 SLO')).toBeVisible()
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(heading(page, 'Choose a data source')).toBeVisible()
  await page.getByLabel('Data source').selectOption('prometheus')
  await expect(heading(page, '5 new')).toBeVisible()
  const listed = page.getByRole('region', { name: 'SLOs of the files' })
  const row = listed.getByRole('listitem').filter({ hasText: `As OpenSLO ${stamp}` })
  await expect(row).toContainText(/\d\.\d%/, { timeout: 30_000 })
  await expect(row).toContainText(/Target 99.00 %, window 30 d rolling, source prometheus, alerts “.+” \(/)
  await expect(row).toContainText('Measures custom ratio: good http_requests_total{service="cart-api",status!~"5.."}')
  await expect(row).toContainText(/over (its last 30 d|.+ of its 30 d)/)
  await expectAccessible(page)
  await page.getByRole('checkbox', { name: new RegExp(`as-pyrra-${stamp}`) }).uncheck()
  await page.getByRole('button', { name: 'Save 4 SLOs' }).click()
  await expect(heading(page, '4 new SLOs')).toBeVisible()
  await expect(page.getByRole('link', { name: new RegExp(stamp) })).toHaveCount(4)
  await expectAccessible(page)

  await bring(page, { 'openslo.yaml': (files['openslo.yaml'] ?? '').replace('target: 0.99', 'target: 0.95') })
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(heading(page, '1 changed')).toBeVisible()
  await expect(listed).toContainText('Target 99.00 % → 95.00 %')
  await page.getByRole('button', { name: 'Save 1 SLO' }).click()
  await expect(heading(page, '1 changed')).toBeVisible()
  for (const name of [`As OpenSLO ${stamp}`, `as-sloth-${stamp}`, `as-slo-dev-${stamp}`, `as-generator-${stamp}`]) {
    const answer = await page.request.get(`/api/v1/slos?q=${encodeURIComponent(name)}`)
    const { items } = (await answer.json()) as { items: { id: number }[] }
    expect(items, name).toHaveLength(1)
    for (const version of [1, 2]) await page.request.delete(`/api/v1/slos/${items[0]?.id}/definition?version=${version}`)
  }
})

test('what was written stays: over other pages, beside a file of the same name, and after a double click', async ({ page }) => {
  const sloth = filesOf('kept')['sloth.yaml'] ?? ''
  await bring(page, { 'a.yaml': sloth })
  await expect(heading(page, '1 SLO can be read')).toBeVisible()
  await source(page).click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('# mine')
  await page.keyboard.press('Enter')
  const places = page.getByRole('navigation').first()
  await places.getByRole('link', { name: 'Services' }).click()
  await page.waitForURL(/\/services/)
  await places.getByRole('link', { name: 'Import' }).click()
  await expect(source(page)).toContainText('# mine')
  await page
    .locator('input[aria-label="Files"]')
    .setInputFiles({ name: 'a.yaml', mimeType: 'text/yaml', buffer: Buffer.from(sloth.replaceAll('kept', 'other')) })
  await expect(page.getByText('What you wrote stays: the file you brought is a (1).yaml.')).toBeVisible()
  await expect(heading(page, '2 SLOs can be read')).toBeVisible()
  await page.getByRole('button', { name: 'Preview' }).dblclick()
  await page.getByRole('button', { name: 'Back to the files' }).click()
  await page.getByRole('button', { name: 'Preview' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Back to the files' })).toBeVisible()
  await expect(page.locator('.import-head h2')).toBeFocused()
  await page.getByRole('button', { name: 'Start over' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click()
  await expect(page.getByRole('button', { name: 'Choose a folder' })).toBeVisible()
})

test('errors stand beside the source and go away as they are mended', async ({ page }) => {
  await bring(page, { 'faulty.yaml': FAULTY, 'fine.yaml': filesOf('fine')['sloth.yaml'] ?? '' })
  await expect(heading(page, '3 errors to mend')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Preview' })).toBeDisabled()
  await expect(faultsOf(page)).toContainText('Did you mean indicator?')
  await expect(source(page)).toContainText('“Occurences” is none of Occurrences')
  await pressKey(page, 'j')
  await expect(faultsOf(page).getByRole('button').first()).toHaveAttribute('aria-current', 'true')
  await expect(page.getByText(/^Fault 1 of \d, faulty.yaml line/)).toBeAttached()
  await faultsOf(page)
    .getByRole('button', { name: /99.9 is not a target/ })
    .click()
  await expect(source(page)).toBeFocused()
  await page.keyboard.press('Shift+End')
  await page.keyboard.type('0.999')
  await expect(heading(page, '2 errors to mend')).toBeVisible()
  await expect(source(page)).not.toContainText('is not a target')
  await page.getByRole('button', { name: 'Leave out faulty.yaml' }).click()
  await expect(heading(page, '1 SLO can be read')).toBeVisible()

  // What is no text, or too much of it, is refused at once, beside its name; the rest goes on.
  await bring(page, {
    'wide.yaml': Buffer.from('\ufeffapiVersion: openslo/v1', 'utf16le'),
    'large.yaml': 'a: b\n'.repeat(2_000_000),
    'markup.yaml': 'apiVersion: openslo/v1\nkind: <img src=x onerror=alert(1)>\n',
    'bomb.yaml': `a: &a [x, x]\n${[...'bcdefghijkl'].map((c, i) => `${c}: &${c} [${`*${'abcdefghijkl'[i]},`.repeat(9)}]`).join('\n')}\n`,
  })
  await expect(faultsOf(page)).toContainText('The file is UTF-16, not UTF-8.')
  await expect(faultsOf(page)).toContainText('The file has 10.0 MB.')
  await expect(faultsOf(page)).toContainText('There is no kind “<img src=x onerror=alert(1)>”')
  await expect(faultsOf(page)).toContainText('grows beyond all measure')
  await expect(page.locator('img')).toHaveCount(0)
})

test('one broken file does not stop the others, and what was written is not lost by accident', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const fine = Array.from({ length: 12 }, (_, i) => [`services/fine-${i + 10}.yaml`, filesOf(`fine${i}`)['sloth.yaml'] ?? ''])
  await bring(page, { ...Object.fromEntries(fine), 'services/wrong.yaml': FAULTY })
  await expect(heading(page, '3 errors to mend')).toBeVisible()
  const open = page.getByRole('navigation', { name: 'Files' }).locator('[aria-current]')
  await expect(open).toContainText('services/wrong.yaml')
  await expect(open).toBeInViewport({ ratio: 1 })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Leave out 1 file with errors' }).press('Enter')
  await expect(heading(page, '12 SLOs can be read')).toBeFocused()
  await expect(page.getByRole('button', { name: 'Preview' })).toBeEnabled()

  await page.getByRole('button', { name: 'Add' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Text' }).press('Enter')
  await expect(source(page)).toBeFocused()
  await expect(heading(page, '12 SLOs can be read')).toBeVisible()
  await page.keyboard.type('# mine')
  await page.getByRole('button', { name: 'Start over' }).click()
  const asked = page.getByRole('dialog', { name: 'Start over?' })
  await expect(asked).toContainText('in 1 file, is lost')
  await expectAccessible(page)
  await asked.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('button', { name: 'Start over' })).toBeFocused()
  await expect(source(page)).toContainText('# mine')
  await page.getByRole('button', { name: 'Start over' }).click()
  await asked.getByRole('button', { name: 'Start over' }).click()

  await page.getByRole('button', { name: 'Paste or write YAML' }).click()
  await expect(source(page)).toBeFocused()
  await expect(heading(page, 'Nothing written yet')).toBeVisible()
  await expect(faultsOf(page).getByRole('button')).toHaveCount(0)
  await page.getByRole('button', { name: 'Start over' }).click()
  await expect(page.getByRole('button', { name: 'Choose a folder' })).toBeVisible()
})

test('an SLO is taken out as files that its readers accept', async ({ page, context }) => {
  test.slow()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(await addressOf(page, 'Orders placed'))
  await page.getByRole('button', { name: 'More about the definition' }).click()
  await page.getByRole('menuitem', { name: 'Export' }).click()
  await page.waitForURL(/\/export$/)
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(page.getByText(/^Copied .*openslo\.yaml/)).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  const kinds = parseAllDocuments(copied).map((one) => (one.toJS() as { kind: string }).kind)
  expect(kinds).toEqual(expect.arrayContaining(['DataSource', 'Service', 'SLO']))

  await page.getByRole('button', { name: 'Prometheus rules' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download' }).click()
  const file = await saved
  expect(file.suggestedFilename()).toMatch(/\.rules\.yaml$/)
  const path = await file.path()
  const { groups } = parse(readFileSync(path, 'utf8')) as { groups: { rules: { record?: string; alert?: string }[] }[] }
  const names = groups.flatMap(({ rules }) => rules.map(({ record, alert }) => record ?? alert))
  expect(names).toEqual(expect.arrayContaining(['headroom:slo_total:count1m', 'SLOBudgetBurn', 'SLODataAbsent']))
  const promtool = process.env.PROMTOOL_BIN
  if (promtool) expect(spawnSync(promtool, ['check', 'rules', path]).status).toBe(0)
  await page.getByRole('button', { name: 'PrometheusRule' }).click()
  await expect(page.getByRole('region', { name: /prometheusrule\.yaml$/ })).toContainText('monitoring.coreos.com/v1')

  await page.getByRole('button', { name: 'Grafana dashboard' }).click()
  await expect(page.getByRole('region', { name: /\.json$/ })).toContainText('headroom:slo_budget_remaining')

  const all = await page.request.get('/slos/export?kind=rules&service=checkout-api')
  expect(all.headers()['content-disposition']).toBe('attachment; filename="checkout-api.rules.yaml"')
  expect(parse(await all.text())).toHaveProperty('groups')
})

test('whoever only looks checks files and saves none; whoever is signed out signs in', async ({ browser, page }) => {
  const viewer = await signedInAs(browser, 'viewer')
  await bring(viewer, { 'sloth.yaml': filesOf('viewer')['sloth.yaml'] ?? '' })
  await expect(heading(viewer, '1 SLO can be read')).toBeVisible()
  await expect(viewer.getByRole('button', { name: 'Preview' })).toBeDisabled()
  const choices = { source: null, team: null, tier: null, serviceKind: null, policies: 'files' }
  const asked = await viewer.request.post('/api/slos/import', { data: { files: [], choices, effects: false } })
  expect(asked.status()).toBe(403)
  await viewer.context().close()
  const nobody = await browser.newContext({ storageState: { cookies: [], origins: [] } })
  const answer = await nobody.request.get('/slos/export?kind=openslo', { maxRedirects: 0 })
  expect(answer.headers().location).toContain('/sign-in?from=')
  await nobody.close()
  expect((await page.request.get('/slos/export?kind=openslo&service=nobody')).status()).toBe(404)
})

itFits('The import page', async (page) => {
  await page.goto('/slos/import')
  await expect(heading(page, 'Take everything out')).toBeVisible()
})
itFits('A page of files with errors', async (page) => {
  const faulty = Array.from({ length: 6 }, (_, i) => [`faulty-${i}.yaml`, FAULTY.replaceAll('faulty', `faulty-${i}`)])
  await bring(page, { ...Object.fromEntries(faulty), 'fine.yaml': filesOf('fits')['sloth.yaml'] ?? '' })
  await expect(heading(page, /^\d+ errors to mend$/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Leave out 6 files with errors' })).toBeVisible()
  await expect(source(page)).toBeVisible()
})
itFits('The export of an SLO', async (page) => {
  await page.goto(`${await addressOf(page, 'Orders placed')}/export?kind=rules`)
  await expect(page.getByRole('region', { name: /\.rules\.yaml$/ })).toBeVisible()
})
