import { beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../auth/actor'
import type { Role } from '../auth/role'
import { pool } from '../db/client'
import { createBudgetPolicy, updateBudgetPolicy } from './commands'
import { agreeToPolicy } from './commands-agree'
import { audited, input, OWNER, person, policyWorld, slower } from './policy-world-fixture'
import { budgetPolicy } from './reads'

policyWorld()

const NOW = 1_800_000_000

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
