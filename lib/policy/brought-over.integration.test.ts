import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { disconnect, pool } from '../db/client'
import { migrate } from '../db/migrate'
import { testDatabase } from '../db/test-database'
import { loadBudgetPolicies } from '../measurement/error-budget-policies'
import { BUDGET_PRESETS, STANDARD } from './presets'

const FOLDER = 'prisma/migrations'
const NINTH = '0009_release_decisions'
const STRICT = { lookbackShare: 0.05, pace: { attention: 0.5, warning: 1, critical: 1.5 }, floor: STANDARD.settings.status.floor }
const EASY = { ...STRICT, lookbackShare: 0.2 }

let drop: () => Promise<void>
beforeAll(async () => {
  const before = mkdtempSync(join(tmpdir(), 'headroom-migrations-'))
  for (const name of readdirSync(FOLDER).filter((one) => /^\d{4}_/.test(one) && one < NINTH))
    cpSync(join(FOLDER, name), join(before, name), { recursive: true })
  const database = await testDatabase(before)
  drop = database.drop
  rmSync(before, { recursive: true })
  await pool().query(
    'INSERT INTO error_budget_policy (tier, settings, version) VALUES ($1::tier, $2, 3), (NULL, $3, 1), (NULL, $4, 2)',
    [...['best_effort', STRICT, EASY, STRICT]],
  )
  expect(await migrate(database.url)).toContain(NINTH)
})
afterAll(async () => {
  await disconnect()
  await drop()
})

describe('a database from before there were documents', () => {
  it('has the presets as the code has them', async () => {
    const { rows } = await pool().query(
      'SELECT slug, name, description, settings FROM error_budget_policy WHERE preset ORDER BY id',
    )
    expect(rows).toEqual(BUDGET_PRESETS)
    const versions = await pool().query(
      'SELECT p.slug, v.version, v.settings FROM error_budget_policy_version v JOIN error_budget_policy p ON p.id = v.policy_id WHERE p.preset ORDER BY p.id',
    )
    expect(versions.rows).toEqual(BUDGET_PRESETS.map(({ slug, settings }) => ({ slug, version: 1, settings })))
  })

  it('keeps its thresholds as policies that hold where they did, with the rest of Standard', async () => {
    const { rows } = await pool().query(
      `SELECT a.scope, a.tier::text AS tier, p.slug, p.name, p.version, p.preset, p.settings, v.settings AS first
       FROM error_budget_policy_assignment a JOIN error_budget_policy p ON p.id = a.policy_id
       JOIN error_budget_policy_version v ON v.policy_id = p.id AND v.version = p.version ORDER BY a.scope`,
    )
    const stored = (status: object) => ({ settings: { ...STANDARD.settings, status }, first: { ...STANDARD.settings, status } })
    expect(rows).toEqual([
      {
        ...{
          scope: 'default',
          tier: null,
          slug: 'thresholds-all',
          name: 'Thresholds of all services',
          version: 1,
          preset: false,
        },
        ...stored(EASY),
      },
      {
        ...{ scope: 'tier:best_effort', tier: 'best_effort', slug: 'thresholds-best-effort', version: 1, preset: false },
        ...{ name: 'Thresholds of best effort services', ...stored(STRICT) },
      },
    ])
  })

  it('judges as it did', async () => {
    const policyFor = await loadBudgetPolicies(pool())
    const of = (tier: string) => {
      const { scope, slug, settings } = policyFor({ id: 1, serviceId: 1, tier })
      return [scope, slug, settings.status]
    }
    expect(of('best_effort')).toEqual(['tier', 'thresholds-best-effort', STRICT])
    expect(of('critical')).toEqual(['default', 'thresholds-all', EASY])
  })
})
