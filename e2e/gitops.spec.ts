import { tokenFor } from './command-line'
import { expect, expectToFit, signIn, test } from './fixtures'

// SLOs that files manage: the API applies them, the screens say whose they are and offer the YAML.

const file = (slug: string, target: number) => `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${slug}, displayName: Kept in Git }
spec:
  service: legacy-export
  indicator:
    metadata: { name: served }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: Prometheus, spec: { query: 'sum(rate(http_requests_total{service="legacy-export",status!~"5.."}[5m]))' } } }
        total: { metricSource: { type: Prometheus, spec: { query: 'sum(rate(http_requests_total{service="legacy-export"}[5m]))' } } }
  timeWindow: [{ duration: 28d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ displayName: Good, target: ${target} }]
`

test('files make an SLO, its page says so, and only its owners detach it', async ({ page, request, browser, baseURL }) => {
  const slug = `kept-${Date.now()}`
  const headers = { authorization: `Bearer ${await tokenFor('engineer')}` }
  const send = (what: 'plan' | 'apply', target: number, more: object = {}) =>
    request.post(`/api/v1/slo-as-code/${what}`, {
      headers,
      data: {
        files: [{ name: 'slos/export.yaml', content: file(slug, target) }],
        owner: `e2e/${slug}`,
        source: 'prometheus',
        ...more,
      },
    })
  const plan = await (await send('plan', 0.99)).json()
  expect(plan).toMatchObject({ ok: true, counts: { create: 1 }, items: [{ key: `legacy-export/${slug}`, verb: 'create' }] })
  expect(plan.items[0].effect.after).toEqual(expect.any(Number))
  expect((await send('apply', 0.9, { expect: plan.fingerprint })).status()).toBe(409)
  const applied = await send('apply', 0.99, { expect: plan.fingerprint, revision: 'abc123' })
  expect(applied.status(), await applied.text()).toBe(200)
  const wrong = await request.post('/api/v1/slo-as-code/apply', {
    headers,
    data: { files: [{ name: 'a.yaml', content: 'just: text\n' }], owner: 'e2e' },
  })
  expect(wrong.status()).toBe(400)
  expect(wrong.headers()['content-type']).toContain('application/problem+json')
  expect(await wrong.json()).toMatchObject({ faults: [{ file: 'a.yaml', severity: 'error' }] })

  const again = await (await send('plan', 0.995)).json()
  const id = again.items[0].sloId as number
  await page.goto(`/slos/${id}`)
  await expect(page.getByText('managed by Git', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'More about the definition' }).click()
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0)
  await page.getByRole('menuitem', { name: 'YAML, managed by Git' }).click()
  await expect(page.getByRole('heading', { name: 'Managed by Git' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Kept in Git as OpenSLO' })).toContainText(slug)
  await expect(page.getByText('Change it in slos/export.yaml, line 1 (OpenSLO)')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy as OpenSLO' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Detach from Git' })).toHaveCount(0)
  await expectToFit(page)
  await page.setViewportSize({ width: 1280, height: 720 })

  const set = `managed-by=e2e/${slug}`
  const { items: managed } = await (await request.get('/api/v1/slos', { headers, params: { label: set } })).json()
  expect(managed).toMatchObject([{ id, labels: { 'managed-by': `e2e/${slug}` } }])
  await page.goto('/drift')
  await page.getByRole('link', { name: `e2e/${slug}` }).click()
  await expect(page.getByRole('button', { name: `Label: ${set}` })).toBeVisible()
  await expect(page.getByRole('link', { name: /Kept in Git/ })).toHaveCount(1)

  await page.goto('/slos/import')
  await expect(page.getByRole('button', { name: 'Choose a folder' })).toBeEnabled()
  await page
    .getByLabel('Files', { exact: true })
    .setInputFiles({ name: 'other.yaml', mimeType: 'text/yaml', buffer: Buffer.from(file(slug, 0.9)) })
  await page.getByRole('button', { name: 'Preview' }).click()
  await page.getByLabel('Data source').selectOption('prometheus')
  await expect(page.getByRole('link', { name: 'Where it is detached' })).toHaveAttribute('href', `/slos/${id}/edit`)

  const context = await browser.newContext({ ...(baseURL && { baseURL }), storageState: { cookies: [], origins: [] } })
  await signIn(context, 'sloOwner')
  const owner = await context.newPage()
  await owner.goto(`/slos/${id}/edit`)
  await owner.getByRole('button', { name: 'Detach from Git' }).click()
  await owner.getByRole('button', { name: 'Cancel' }).click()
  await expect(owner.getByRole('dialog')).toHaveCount(0)
  await owner.getByRole('button', { name: 'Detach from Git' }).click()
  await owner.getByRole('button', { name: 'Detach it' }).click()
  await expect(owner.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Kept in Git')
  await expect(owner.getByRole('main')).toBeFocused()
  await context.close()
  expect(await (await send('plan', 0.995)).json()).toMatchObject({ ok: false, counts: { refused: 1 } })
  const { version } = await (await request.get(`/api/v1/slos/${id}/definition`, { headers })).json()
  await request.delete(`/api/v1/slos/${id}/definition?version=${version}`, { headers })
})

test('files make a service, and its form is closed where they say something, until it is detached', async ({
  page,
  request,
  browser,
  baseURL,
}) => {
  const slug = `kiosk-${Date.now()}`
  const headers = { authorization: `Bearer ${await tokenFor('engineer')}` }
  const content = `apiVersion: openslo/v1
kind: Service
metadata:
  name: ${slug}
  displayName: Kiosk of Git
  annotations: { headroom.dev/team: payments, headroom.dev/tier: standard, headroom.dev/dependencies: '["cart-api"]' }
spec: { description: Sells tickets. }
`
  const data = { files: [{ name: 'slos/kiosk.yaml', content }], owner: `e2e/${slug}` }
  const applied = await request.post('/api/v1/slo-as-code/apply', { headers, data })
  expect(applied.status(), await applied.text()).toBe(200)
  const read = async () => (await request.get(`/api/v1/services/${slug}`, { headers })).json()
  const { version, definition, managedBy } = await read()
  expect(managedBy).toMatchObject({ owner: `e2e/${slug}`, file: 'slos/kiosk.yaml', line: 1 })
  const mine = { version, definition: { ...definition, name: 'Mine' } }
  const refused = await request.put(`/api/v1/services/${slug}`, { headers, data: mine })
  expect(refused.status()).toBe(409)
  expect((await refused.json()).detail).toContain('is managed by Git')
  expect((await request.delete(`/api/v1/services/${slug}?version=${version}`, { headers })).status()).toBe(409)

  await page.goto(`/services/${slug}`)
  await expect(page.getByText('managed by Git', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'More about the definition' }).click()
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0)
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await expect(
    page.getByText(
      /^Managed by Git \(set e2e\/kiosk-\d+\)\. Change its name, description, labels, tier, engineering team and dependencies in /,
    ),
  ).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeDisabled()
  await expect(page.getByRole('combobox', { name: 'Engineering team' })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Remove cart-api' })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Detach from Git' })).toHaveCount(0)
  await expectToFit(page)
  await page.setViewportSize({ width: 1280, height: 720 })
  await page.getByLabel('Time zone').fill('Europe/Berlin')
  await page.getByRole('button', { name: 'Save new version' }).click()
  await page.waitForURL(`/services/${slug}`)
  expect((await read()).definition).toMatchObject({ name: 'Kiosk of Git', timeZone: 'Europe/Berlin' })

  const context = await browser.newContext({ ...(baseURL && { baseURL }), storageState: { cookies: [], origins: [] } })
  await signIn(context, 'sloOwner')
  const owner = await context.newPage()
  await owner.goto(`/services/${slug}/edit`)
  await owner.getByRole('button', { name: 'Detach from Git' }).click()
  await owner.getByRole('button', { name: 'Detach it' }).click()
  await expect(owner.getByRole('textbox', { name: 'Name', exact: true })).toBeEnabled()
  await expect(owner.getByRole('main')).toBeFocused()
  await context.close()
  const gone = await request.delete(`/api/v1/services/${slug}?version=${(await read()).version}`, { headers })
  expect(gone.status(), await gone.text()).toBe(200)
})
