import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deleteAlertPolicy, inputOfPolicy, updateAlertPolicy } from '../alert/commands'
import { assignAlertPolicy } from '../alert/commands-assign'
import { alertPolicy } from '../alert/reads-policies'
import { definitionSchema } from '../api/resources'
import { db, disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { assignBudgetPolicy } from '../policy/commands-assign'
import { deleteSlo, restoreVersion, undeleteSlo, updateSlo } from '../slo/commands-define'
import { recordOf } from '../slo/definition-record'
import { sloDetail } from '../slo/reads'
import { storedSlo } from '../slo/reads-stored'
import { sloDefinition } from '../slo/reads-versions'
import { detachSlo } from './commands-detach'
import { alerts, apply, counted, OWNER, person, serviceFile, sloFile, told } from './gitops-fixture'
import { managedSlo } from './reads-managed'

let database: Awaited<ReturnType<typeof testDatabase>>
let id = 0
const FILES = { 'slos/a.yaml': serviceFile('shop'), 'slos/b.yaml': sloFile('availability', { alerts: alerts(14.4) }) }
const SENTENCE = '“availability” is managed by Git (set shop/slos, file slos/b.yaml). Change it there, or detach it.'

beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await disconnect()
  await database.drop()
})
beforeEach(async () => {
  await pool().query('TRUNCATE slo, service, team, data_source, audit_entry, alert_policy_assignment CASCADE')
  await pool().query('DELETE FROM managed_set')
  await pool().query('DELETE FROM alert_policy WHERE NOT preset')
  await db().team.create({ data: { slug: 'payments', name: 'Payments' } })
  await db().dataSource.create({ data: { name: 'prometheus', url: 'http://127.0.0.1:1' } })
  await apply(FILES)
  id = (await db().slo.findFirstOrThrow()).id
})

const update = async (version = 1) => {
  const definition = { ...recordOf((await storedSlo(id)).row), target: 0.9 }
  return updateSlo(OWNER, { id, version, definition, lifecycle: 'active', past: 'keep' })
}

describe('an SLO that files manage', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['changed', () => update()],
    ['restored', () => restoreVersion(OWNER, { id, version: 1, restore: 1 })],
    ['deleted', () => deleteSlo(OWNER, { id, version: 1 })],
    ['given other alerts', () => assignAlertPolicy(OWNER, { scope: `slo:${id}`, policy: 'two-tier' })],
    ['relieved of its alerts', () => assignAlertPolicy(OWNER, { scope: `slo:${id}`, policy: null })],
    [
      'alerted otherwise',
      async () => {
        const stored = await alertPolicy(OWNER, 'alerts-shop-availability')
        const policy = { ...inputOfPolicy(stored), description: 'Mine.' }
        return updateAlertPolicy(OWNER, { slug: stored.slug, version: stored.version, policy })
      },
    ],
    ['relieved of its policy', () => deleteAlertPolicy(OWNER, { slug: 'alerts-shop-availability', version: 1 })],
  ])('is not %s here', async (_, attempt) => {
    const before = await counted()
    await expect(attempt()).rejects.toMatchObject({ code: 'CONFLICT', message: SENTENCE })
    expect(await counted()).toEqual(before)
    expect(await db().slo.findUnique({ where: { id } })).toMatchObject({ version: 1, target: 0.99, deletedAt: null })
  })

  it('once its files dropped it, is brought back here only by those who may take it away from its files', async () => {
    await apply({ ...FILES, 'slos/b.yaml': sloFile('other') }, { prune: true })
    await expect(undeleteSlo(person('engineer'), { sloId: id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message:
        'The files of shop/slos deleted it. Declare it there again, or ask an SLO owner or administrator to bring it back.',
    })
    await undeleteSlo(OWNER, { sloId: id })
    expect(await db().slo.findUnique({ where: { id } })).toMatchObject({ deletedAt: null, managedBy: null })
    // Theirs again in every way: whoever may define SLOs deletes it and brings it back.
    await deleteSlo(person('engineer'), { id, version: 1 })
    await undeleteSlo(person('engineer'), { sloId: id })
  })

  it('leaves to people what its files leave open', async () => {
    await assignBudgetPolicy(OWNER, { scope: `slo:${id}`, policy: 'lenient' })
    await apply({ ...FILES, 'slos/b.yaml': sloFile('availability') })
    await assignAlertPolicy(OWNER, { scope: `slo:${id}`, policy: 'two-tier' })
    expect(told(await apply({ ...FILES, 'slos/b.yaml': sloFile('availability') }))).toEqual([])
  })

  it('says whose it is, and how it stands in a file', async () => {
    expect((await sloDetail(person('viewer'), id)).managed).toMatchObject({
      ...{ owner: 'shop/slos', file: 'slos/b.yaml', line: 1, format: 'openslo' },
    })
    expect(definitionSchema.parse(await sloDefinition(person('viewer'), id)).managedBy).toEqual({
      ...{ owner: 'shop/slos', file: 'slos/b.yaml', line: 1 },
    })
    const found = await managedSlo(person('viewer'), id)
    expect(found).toMatchObject({ name: 'availability', mayDetach: false, yaml: expect.stringContaining('availability') })
  })
})

describe('detaching', () => {
  it.each(['viewer', 'engineer', 'product_owner'] as const)('is not for a %s', async (role) => {
    await expect(detachSlo(person(role), { sloId: id, owner: 'shop/slos' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  it('gives it to people, with an audit row, and its files have to adopt it again', async () => {
    await expect(detachSlo(OWNER, { sloId: id, owner: 'other' })).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(detachSlo(OWNER, { sloId: 9_999, owner: 'other' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await detachSlo(OWNER, { sloId: id, owner: 'shop/slos' })
    expect(await db().auditEntry.findFirst({ where: { action: 'slo.detach' } })).toMatchObject({
      before: { managedBy: 'shop/slos' },
      entityId: String(id),
    })
    expect(await managedSlo(OWNER, id)).toBeNull()
    expect(definitionSchema.parse(await sloDefinition(OWNER, id)).managedBy).toBeNull()
    expect(await update()).toMatchObject({ kind: 'saved', version: 2 })
    await expect(apply(FILES)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('Adopt it') })
    expect(told(await apply(FILES, { adopt: true }))).toContain('change slo shop/availability')
  })

  it('and an edit at the same moment as an apply leave one whole story', async () => {
    await detachSlo(OWNER, { sloId: id, owner: 'shop/slos' })
    const [edited, applied] = await Promise.allSettled([update(), apply(FILES, { adopt: true })])
    const slo = await db().slo.findUniqueOrThrow({ where: { id } })
    const versions = await db().sloVersion.count({ where: { sloId: id } })
    expect(versions).toBe(slo.version)
    if (applied.status === 'fulfilled') expect(slo).toMatchObject({ managedBy: 'shop/slos', target: 0.99 })
    else expect([edited.status, slo.target, slo.managedBy]).toEqual(['fulfilled', 0.9, null])
  })
})
