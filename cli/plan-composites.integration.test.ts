import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { db, disconnect } from '../lib/db/client'
import { testDatabase } from '../lib/db/test-database'
import { compositeFile, serviceFile, sloFile } from '../lib/slo-as-code/gitops-fixture'
import { EXIT } from './definitions'
import { heard } from './definitions-fixture'
import { apply, plan } from './plan'

const folder = mkdtempSync(join(tmpdir(), 'headroom-composites-'))
const FILES = {
  'shop.yaml': serviceFile('shop'),
  'a.yaml': sloFile('a', { days: 7 }),
  'b.yaml': sloFile('basket'),
  'whole.yaml': compositeFile('whole', ['a', 'baskets']),
}
const { said, listen, forget } = heard()
let database: Awaited<ReturnType<typeof testDatabase>>

beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  database = await testDatabase()
  await db().team.create({ data: { slug: 'payments', name: 'Payments' } })
  await db().dataSource.create({ data: { name: 'prometheus', url: 'http://127.0.0.1:1' } })
})
afterEach(forget)
afterAll(async () => {
  await disconnect()
  await database.drop()
  rmSync(folder, { recursive: true })
})

it.each([
  ['plan', plan],
  ['apply', apply],
])('headroom %s refuses SLOs whose members are not there or have another window, each at its place', async (_, command) => {
  listen()
  expect(await command([folder], { owner: 'shop/slos' })).toBe(EXIT.faults)
  expect(said.out).toContain(`${join(folder, 'whole.yaml')}:1:1`)
  expect(said.out).toContain('Its window is 28 d rolling, and that of shop/a, which it is made of, 7 d rolling.')
  expect(said.out).toContain('It is made of shop/baskets, and there is no such SLO, here or in the portal.')
  expect(said.out).toContain('Did you mean shop/basket?')
  expect(await db().slo.count()).toBe(0)
})
