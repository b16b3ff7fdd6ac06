import { describe, expect, it } from 'vitest'
import { ROLES } from '../auth/role'
import { pool } from '../db/client'
import { loadDefinitions } from '../measurement/definitions'
import { createBudgetPolicy, deleteBudgetPolicy, updateBudgetPolicy } from './commands'
import { assignBudgetPolicy } from './commands-assign'
import { audited, input, OWNER, other, person, policyWorld, settings, slo, slower } from './policy-world-fixture'
import { budgetPolicy, budgetPolicyOfService, listBudgetPolicies } from './reads'

policyWorld()

const criticalPace = async (id: number) =>
  (await loadDefinitions(pool(), { ids: [id] })).definitions[0]?.rules.policy.pace.critical

describe('a policy', () => {
  it('is written, assigned, changed with words, and deleted when it holds nowhere', async () => {
    expect(await createBudgetPolicy(OWNER, input())).toEqual({ slug: 'shop', version: 1 })
    await assignBudgetPolicy(OWNER, { scope: 'service:checkout', policy: 'shop' })
    expect(await criticalPace(slo)).toBe(2)
    const policy = input({ name: 'Store', settings: slower })
    const saved = await updateBudgetPolicy(OWNER, { slug: 'shop', version: 1, policy })
    expect(saved).toEqual({ kind: 'saved', slug: 'shop', version: 2 })
    expect(await criticalPace(slo)).toBe(3)
    const detail = await budgetPolicy(person('viewer'), 'shop')
    expect(detail.versions.map(({ version, author, changes }) => [version, author, changes])).toEqual([
      [2, 'slo_owner 1', ['Critical above a pace of 2× → 3×', 'Name “Shop” → “Store”']],
      [1, 'slo_owner 1', ['Created']],
    ])
    expect([detail.uses, detail.services, detail.slos]).toMatchObject([[{ scope: 'service:checkout', words: 'Checkout' }], 1, 2])
    await expect(deleteBudgetPolicy(OWNER, { slug: 'shop', version: 2 })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'It is in use: Checkout. Assign something else there first.',
    })
    await assignBudgetPolicy(OWNER, { scope: 'service:checkout', policy: null })
    await expect(deleteBudgetPolicy(OWNER, { slug: 'shop', version: 1 })).rejects.toMatchObject({ code: 'CONFLICT' })
    await deleteBudgetPolicy(OWNER, { slug: 'shop', version: 2 })
    expect(await audited()).toEqual(
      ['create', 'assign', 'update', 'unassign', 'delete'].map((verb) => `error_budget_policy.${verb}`),
    )
    expect((await listBudgetPolicies(OWNER)).map(({ slug, fallback, slos }) => [slug, fallback, slos])).toEqual([
      ['standard', true, 2],
      ['lenient', false, 0],
    ])
  })

  it('says what somebody else changed meanwhile', async () => {
    await createBudgetPolicy(OWNER, input())
    await updateBudgetPolicy(OWNER, { slug: 'shop', version: 1, policy: input({ settings: slower }) })
    expect(await updateBudgetPolicy(OWNER, { slug: 'shop', version: 1, policy: input() })).toMatchObject({
      ...{ kind: 'conflict', version: 2, author: 'slo_owner 1', changes: ['Critical above a pace of 2× → 3×'] },
      policy: { settings: { status: { pace: { critical: 3 } } } },
    })
  })

  it('saved twice at once is saved once', async () => {
    await createBudgetPolicy(OWNER, input())
    const save = () => updateBudgetPolicy(OWNER, { slug: 'shop', version: 1, policy: input({ settings: slower }) })
    expect((await Promise.all([save(), save()])).map(({ kind }) => kind).sort()).toEqual(['conflict', 'saved'])
    expect((await budgetPolicy(OWNER, 'shop')).versions).toHaveLength(2)
  })

  it('that cannot be read any more lets the next wider one hold, and says so', async () => {
    await createBudgetPolicy(OWNER, input({ settings: slower }))
    await assignBudgetPolicy(OWNER, { scope: `slo:${slo}`, policy: 'shop' })
    await pool().query(`UPDATE error_budget_policy SET settings = '{}', updated_at = now() WHERE slug = 'shop'`)
    expect(await criticalPace(slo)).toBe(2)
    expect(await budgetPolicy(OWNER, 'shop')).toMatchObject({ readable: false, slos: 0 })
  })

  it.each([
    ['a preset is changed', () => updateBudgetPolicy(OWNER, { slug: 'standard', version: 1, policy: input() }), 'CONFLICT'],
    ['a preset is deleted', () => deleteBudgetPolicy(OWNER, { slug: 'lenient', version: 1 }), 'CONFLICT'],
    ['its short name is taken', () => createBudgetPolicy(OWNER, input({ slug: 'lenient' })), 'INVALID_INPUT'],
    ['its name is taken', () => createBudgetPolicy(OWNER, input({ name: 'Lenient' })), 'INVALID_INPUT'],
    ['it is not there', () => assignBudgetPolicy(OWNER, { scope: 'default', policy: 'nowhere' }), 'INVALID_INPUT'],
    ['the service is not there', () => assignBudgetPolicy(OWNER, { scope: 'service:x', policy: 'standard' }), 'INVALID_INPUT'],
    ['the SLO is not there', () => assignBudgetPolicy(OWNER, { scope: 'slo:999', policy: 'standard' }), 'INVALID_INPUT'],
  ])('is refused when %s', async (_why, command, code) => {
    await expect(command()).rejects.toMatchObject({ code })
    expect(await audited()).toEqual([])
  })

  it.each(ROLES)('%s may or may not', async (role) => {
    const actor = person(role)
    const may = ['slo_owner', 'product_owner', 'administrator'].includes(role)
    await createBudgetPolicy(OWNER, input())
    const outcome = async (command: () => Promise<unknown>) =>
      command().then(
        () => 'done',
        (error: { code?: string }) => error.code,
      )
    const expected = may ? 'done' : 'FORBIDDEN'
    const policy = input({ settings: slower })
    expect(await outcome(() => createBudgetPolicy(actor, input({ name: 'Own', slug: 'own' })))).toBe(expected)
    expect(await outcome(() => updateBudgetPolicy(actor, { slug: 'shop', version: 1, policy }))).toBe(expected)
    expect(await outcome(() => assignBudgetPolicy(actor, { scope: 'default', policy: 'shop' }))).toBe(expected)
    expect(await outcome(() => assignBudgetPolicy(actor, { scope: 'default', policy: null }))).toBe(expected)
    expect(await outcome(() => deleteBudgetPolicy(actor, { slug: 'shop', version: may ? 2 : 1 }))).toBe(expected)
    expect(await listBudgetPolicies(actor)).toHaveLength(3)
  })
})

describe('an assignment', () => {
  it('holds where nothing narrower does', async () => {
    const holds = async () => [
      (await budgetPolicyOfService(OWNER, 'checkout')).slug,
      ...(await Promise.all([slo, other].map(criticalPace))),
    ]
    const paced = (critical: number) => ({
      ...settings,
      status: { ...settings.status, pace: { ...slower.status.pace, critical } },
    })
    for (const critical of [3, 4, 5, 6])
      await createBudgetPolicy(OWNER, input({ name: `P${critical}`, slug: `p${critical}`, settings: paced(critical) }))
    expect(await holds()).toEqual(['standard', 2, 2])
    await assignBudgetPolicy(OWNER, { scope: 'default', policy: 'p3' })
    expect(await holds()).toEqual(['p3', 3, 3])
    await assignBudgetPolicy(OWNER, { scope: 'tier:critical', policy: 'p4' })
    expect(await holds()).toEqual(['p4', 4, 4])
    await assignBudgetPolicy(OWNER, { scope: 'service:checkout', policy: 'p5' })
    expect(await holds()).toEqual(['p5', 5, 5])
    await assignBudgetPolicy(OWNER, { scope: `slo:${slo}`, policy: 'p6' })
    expect(await holds()).toEqual(['p5', 6, 5])
    await assignBudgetPolicy(OWNER, { scope: 'service:checkout', policy: null })
    expect(await holds()).toEqual(['p4', 6, 4])
  })
})
