import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { db, disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { importFiles } from './commands-import'
import {
  alerts,
  annotated,
  compositeFile,
  counted,
  type Files,
  OWNER,
  person,
  serviceFile,
  sloFile,
  told,
} from './gitops-fixture'
import { type ImportChoices, importSchema } from './import-schema'
import { previewImport, readSource } from './reads-import'

let database: Awaited<ReturnType<typeof testDatabase>>

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await disconnect()
  await database.drop()
})
beforeEach(async () => {
  await pool().query('TRUNCATE slo, service, team, data_source, audit_entry, alert_policy_assignment CASCADE')
  await pool().query('DELETE FROM alert_policy WHERE NOT preset')
  await db().team.create({ data: { slug: 'payments', name: 'Payments' } })
  await db().dataSource.create({ data: { name: 'prometheus', url: 'http://127.0.0.1:1' } })
})

const FILES: Files = {
  'a.yaml': serviceFile('shop'),
  'b.yaml': sloFile('availability'),
  'c.yaml': sloFile('orders', { alerts: alerts(14.4) }),
}
const CHOICES: ImportChoices = { source: null, team: null, tier: null, serviceKind: null, policies: 'files' }
const listed = (files: Files) => Object.entries(files).map(([name, content]) => ({ name, content }))
const look = (files: Files, choices = CHOICES, actor = OWNER) =>
  previewImport(actor, { files: listed(files), choices, effects: false })
const take = async (files: Files, only: string[], choices = CHOICES, actor = OWNER, expected?: string) => {
  const { fingerprint } = expected === undefined ? await look(files, choices, actor) : { fingerprint: expected }
  return importFiles(actor, importSchema.parse({ files: listed(files), choices, only, expect: fingerprint }))
}

it('only what is chosen comes in, with the service it needs, and nobody manages it', async () => {
  expect(await take(FILES, ['shop/availability'])).toMatchObject([{ verb: 'create', name: 'availability', service: 'shop' }])
  expect(await db().slo.findMany({ select: { slug: true, managedBy: true } })).toEqual([
    { slug: 'availability', managedBy: null },
  ])
  expect(await db().managedSet.count()).toBe(0)
})

it('what is there is changed where it was chosen, and alerts of the files only where they are wanted', async () => {
  await take(FILES, ['shop/availability'])
  const files = { ...FILES, 'b.yaml': sloFile('availability', { target: 0.95 }) }
  expect(told(await look(files))).toEqual([
    'change slo shop/availability',
    'create slo shop/orders',
    'create alert-policy shop/orders',
  ])
  const kept = { ...CHOICES, policies: 'keep' as const }
  expect(told(await look(files, kept, person('engineer')))).toEqual(['change slo shop/availability', 'create slo shop/orders'])
  const done = await take(files, ['shop/availability', 'shop/orders'], kept, person('engineer'))
  expect(done.map(({ verb, name }) => `${verb} ${name}`)).toEqual(['change availability', 'create orders'])
  expect(await db().alertPolicyAssignment.count({ where: { sloId: { not: null } } })).toBe(0)
})

it('nothing is written when it is no longer what was looked at, by whoever may not, or by reading', async () => {
  const { fingerprint } = await look(FILES)
  await take(FILES, ['shop/orders'])
  const before = await counted()
  await expect(take(FILES, ['shop/availability'], CHOICES, OWNER, fingerprint)).rejects.toThrow('Look at the preview again')
  await expect(take(FILES, ['shop/availability'], CHOICES, person('viewer'), fingerprint)).rejects.toThrow('Only engineers')
  const { slos, faults, found } = await readSource(person('viewer'), { files: listed({ ...FILES, 'd.yaml': 'kind: SLO\n' }) })
  const wrong = faults.flatMap(({ file, severity }) => (severity === 'error' ? [file] : []))
  expect([slos, wrong, found.map(({ format }) => format)]).toEqual([2, ['d.yaml'], ['openslo', 'openslo', 'openslo', null]])
  expect(await counted()).toEqual(before)
})

it('a composite without the members it is made of says that they are not chosen', async () => {
  const files = { ...FILES, 'd.yaml': compositeFile('whole', ['availability', 'orders']) }
  await expect(take(files, ['shop/whole', 'shop/orders'])).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining('It is made of shop/availability, which is not chosen and not in the portal.'),
  })
  expect(await db().slo.count()).toBe(0)
  expect(await take(files, ['shop/whole', 'shop/orders', 'shop/availability'])).toHaveLength(3)
})

it('a service comes with those that it depends on, as far as the files say', async () => {
  const needs = (slug: string, dependencies: string[]) => annotated(slug, { dependencies, tier: 'standard', kind: 'api' })
  const files = {
    'a.yaml': needs('shop', ['till']),
    'b.yaml': sloFile('availability'),
    'c.yaml': needs('till', []),
    'd.yaml': needs('other', []),
  }
  await take(files, ['shop/availability'])
  expect((await db().service.findMany({ orderBy: { slug: 'asc' } })).map(({ slug }) => slug)).toEqual(['shop', 'till'])
})
