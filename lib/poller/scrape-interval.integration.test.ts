import { expect, it } from 'vitest'
import { alertPairs } from '../alert/alert-policy'
import { WORKBOOK } from '../alert/presets'
import { disconnect, pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { testSlos } from '../db/test-slos'
import { loadDefinitions } from '../measurement/definitions'
import { testPrometheus } from '../prometheus/test-server'
import { HOUR, MINUTE } from '../time-series/units'
import { probeScrapes } from './scrape-interval'

const FROM = Date.UTC(2026, 0, 5) / 1000
const up = (target: string, every: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / every) }, (_, i) => `up{target="${target}"} 1 ${from + 7 + i * every}`)

it('learns the interval of a source from its scrapes, past restarts, and alerts look back long enough', async () => {
  // Scraped every two minutes, with half an hour missing; from 2:30 on a new target that is too young to tell.
  const text = [
    '# TYPE up gauge',
    ...up('a', 120, FROM, FROM + 1.5 * HOUR),
    ...up('a', 120, FROM + 2 * HOUR, FROM + 3 * HOUR),
    ...up('b', 15, FROM + 2.9 * HOUR, FROM + 3 * HOUR),
    '# EOF',
    '',
  ]
  const prometheus = await testPrometheus(text.join('\n'))
  const database = await testDatabase()
  try {
    const slos = await testSlos(pool(), prometheus.url)
    const requests = { metric: 'requests_total', matchers: [] }
    const failed = [{ label: 'status', op: '=' as const, value: '500' }]
    const sloId = await slos.addSlo({ slug: 'availability', indicator: { kind: 'availability', requests, failed } })
    const scrape = async () => (await loadDefinitions(pool(), { ids: [sloId] })).definitions[0]?.rules.scrapeSeconds
    expect(await scrape()).toBe(15)
    await probeScrapes(pool(), FROM + 10 * MINUTE)
    expect(await scrape()).toBe(15)
    // Once an hour is enough.
    await probeScrapes(pool(), FROM + 40 * MINUTE)
    expect(await scrape()).toBe(15)
    await probeScrapes(pool(), FROM + 3 * HOUR)
    expect(await scrape()).toBe(120)
    expect(alertPairs(WORKBOOK.settings, 30 * 86_400, { scrape: await scrape() })[0]?.short).toBe(30 * MINUTE)
  } finally {
    await disconnect()
    await database.drop()
    await prometheus.stop()
  }
})
