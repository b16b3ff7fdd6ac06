import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Actor } from '../auth/actor'
import { ROLES, type Role } from '../auth/role'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { STANDARD } from './presets'
import { budgetPolicyInputSchema } from './schema'

/** A service with two SLOs, and the presets; every test begins without anything else. */
export let slo = 0
export let other = 0

let drop: () => Promise<void>
/** To be called by each file of tests that uses it. */
export function policyWorld(): void {
  beforeAll(async () => {
    const database = await testDatabase()
    drop = database.drop
    const requests = { metric: 'requests_total', matchers: [] }
    const indicator = { kind: 'availability' as const, requests, failed: [{ label: 'status', op: '=~' as const, value: '5..' }] }
    const slos = await testSlos(pool(), 'http://127.0.0.1:9')
    slo = await slos.addSlo({ slug: 'availability', indicator })
    other = await slos.addSlo({ slug: 'other', indicator })
  })
  beforeEach(async () => {
    await pool().query('TRUNCATE audit_entry, error_budget_policy_assignment, error_budget_policy_agreement')
    await pool().query('DELETE FROM error_budget_policy WHERE NOT preset')
  })
  afterAll(async () => {
    await disconnect()
    await drop()
  })
}

export const person = (role: Role, n = 1): Actor => ({
  ...{ type: 'user', id: `11111111-1111-4111-8111-0000000000${n}${ROLES.indexOf(role)}`, email: 'p@x', role },
  name: `${role} ${n}`,
})
export const OWNER = person('slo_owner')

export const { settings } = STANDARD
export const slower = { ...settings, status: { ...settings.status, pace: { attention: 1, warning: 1.5, critical: 3 } } }
export const input = (change: object = {}) => budgetPolicyInputSchema.parse({ name: 'Shop', slug: 'shop', settings, ...change })
export const audited = async () =>
  (await pool().query<{ action: string }>('SELECT action FROM audit_entry ORDER BY id')).rows.map(({ action }) => action)
