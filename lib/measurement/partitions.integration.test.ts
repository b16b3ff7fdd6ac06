import { expect, it } from 'vitest'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { DAY } from '../time-series/units'
import { dropOldPartitions, ensurePartitions } from './partitions'
import { writeSamples } from './samples'

const NOW = Date.UTC(2026, 6, 15) / 1000

it('drops what no tier keeps any more, and nothing else', async () => {
  const database = await testDatabase()
  try {
    await ensurePartitions(pool(), NOW - 51 * DAY, NOW - 50 * DAY)
    await ensurePartitions(pool(), NOW - 3 * DAY, NOW)
    for (const age of [50, 1]) {
      const then = NOW - age * DAY
      await writeSamples(pool(), [{ sloId: 1, ts: then, good: 1, total: 1, measured: 1 }], then)
    }
    const kept = async (table: string) => (await pool().query(`SELECT ts FROM ${table} ORDER BY ts`)).rows.map(({ ts }) => ts)
    expect(await kept('sample_1m')).toHaveLength(2)
    const dropped = await dropOldPartitions(pool(), NOW)
    expect(dropped.some((name) => name.startsWith('sample_1m_p'))).toBe(true)
    expect(dropped.every((name) => /^sample_(1m|5m)_p/.test(name))).toBe(true)
    // Minutes of two days, five minutes of 35; hours and days keep both.
    expect(await kept('sample_1m')).toEqual([NOW - DAY])
    expect(await kept('sample_5m')).toEqual([NOW - DAY])
    expect(await kept('sample_1h')).toEqual([NOW - 50 * DAY, NOW - DAY])
    expect(await dropOldPartitions(pool(), NOW)).toEqual([])
  } finally {
    await disconnect()
    await database.drop()
  }
})
