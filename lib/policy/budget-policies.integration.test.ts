import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import { ROLES, type Role } from '../auth/role'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { loadDefinitions } from '../measurement/definitions'
import { createBudgetPolicy, deleteBudgetPolicy, updateBudgetPolicy } from './commands'
import { agreeToPolicy } from './commands-agree'
import { assignBudgetPolicy } from './commands-assign'
import { STANDARD } from './presets'
import { budgetPolicy, budgetPolicyOfService, listBudgetPolicies } from './reads'
import { budgetPolicyInputSchema } from './schema'

const person = (role: Role, n = 1): Actor => ({
  ...{ type: 'user', id: `11111111-1111-4111-8111-0000000000${n}${ROLES.indexOf(role)}`, email: 'p@x', role },
  name: `${role} ${n}`,
})
const OWNER = person('slo_owner')
const NOW = 1_800_000_000
const requests = { metric: 'requests_total', matchers: [] }
const indicator = { kind: 'availability' as const, requests, failed: [{ label: 'status', op: '=~' as const, value: '5..' }] }

let slo: number
let other: number
beforeEach(async () => {
  const database = await testDatabase()
  const slos = await testSlos(pool(), 'http://127.0.0.1:9')
  slo = await slos.addSlo({ slug: 'availability', indicator })
  other = await slos.addSlo({ slug: 'other', indicator })
  return async () => {
    await disconnect()
    await database.drop()
  }
})

const { settings } = STANDARD
const slower = { ...settings, status: { ...settings.status, pace: { attention: 1, warning: 1.5, critical: 3 } } }
const input = (change: object = {}) => budgetPolicyInputSchema.parse({ name: 'Shop', slug: 'shop', settings, ...change })
const audited = async () =>
  (await pool().query<{ action: string }>('SELECT action FROM audit_entry ORDER BY id')).rows.map(({ action }) => action)
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

describe('agreement', () => {
  const agree = (actor: Actor, change: object = {}) =>
    agreeToPolicy(actor, { slug: 'shop', version: 1, agrees: true, ...change }, NOW)
  const stands = async () => {
    const { agreements, open } = await budgetPolicy(OWNER, 'shop')
    return [agreements.map(({ role, name }) => [role, name]), open]
  }
  beforeEach(async () => void (await createBudgetPolicy(OWNER, input())))

  it('is given by one person of each named role, once, and taken back by that person', async () => {
    expect(await stands()).toEqual([[], ['engineer', 'slo_owner', 'product_owner']])
    expect(await agree(person('engineer'))).toEqual({ slug: 'shop', version: 1, role: 'engineer', agrees: true })
    await agree(person('engineer'))
    await agree(OWNER)
    expect(await stands()).toEqual([
      [
        ['engineer', 'engineer 1'],
        ['slo_owner', 'slo_owner 1'],
      ],
      ['product_owner'],
    ])
    await expect(agree(person('engineer', 2))).rejects.toThrow('engineer 1 agreed as engineer already.')
    await expect(agree(person('engineer', 2), { agrees: false })).rejects.toThrow('Only they can take it back.')
    await agree(person('engineer'), { agrees: false })
    expect((await stands())[1]).toEqual(['engineer', 'product_owner'])
    expect((await audited()).slice(1)).toEqual(
      ['agree', 'agree', 'take_back_agreement'].map((verb) => `error_budget_policy.${verb}`),
    )
  })

  it('is to a version: a new one has to be agreed to anew, and the old agreement stays written', async () => {
    await agree(OWNER)
    await updateBudgetPolicy(OWNER, { slug: 'shop', version: 1, policy: input({ settings: slower }) })
    await expect(agree(person('engineer'))).rejects.toThrow('The present version is 2. Read it before you agree.')
    expect(await stands()).toEqual([[], ['engineer', 'slo_owner', 'product_owner']])
    await agree(person('product_owner'), { version: 2 })
    const { versions } = await budgetPolicy(OWNER, 'shop')
    expect(versions.map(({ agreements }) => agreements.map(({ role }) => role))).toEqual([['product_owner'], ['slo_owner']])
  })

  it.each(['viewer', 'administrator'] as const)('is not asked of a %s', async (role) =>
    expect(agree(person(role))).rejects.toMatchObject({ code: 'FORBIDDEN' }),
  )

  it('of a token is that of whoever made it, in their own role', async () => {
    const add = async (role: Role) =>
      (
        await pool().query(
          `INSERT INTO "user" (id, email, name, role) VALUES (gen_random_uuid(), $1::text, $1::text, $1::text::role) RETURNING id`,
          [role],
        )
      ).rows[0].id
    const token = (ownerId: string | null): Actor => ({ type: 'token', id: 't', name: 'ci', role: 'engineer', ownerId })
    await expect(agree(token(null))).rejects.toThrow('Agreeing needs a person.')
    await expect(agree(token(await add('administrator')))).rejects.toThrow('Whoever made this token is no engineer.')
    await agree(token(await add('engineer')))
    expect((await stands())[0]).toEqual([['engineer', 'engineer']])
  })
})
