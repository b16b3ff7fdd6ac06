import { describe, expect, it } from 'vitest'
import type { Row } from './compare'
import { PLANTED, planted, wholeHoles } from './planted'
import { END, type Scenario } from './scenario'
import { scenarios } from './scenarios'
import { table } from './table'
import { compareWindows } from './windows'

const missesOf = (rows: Row[]) => rows.filter(({ ok }) => !ok)
const of = (...slugs: string[]): Scenario[] => scenarios().filter(({ slug }) => slugs.includes(slug))

describe('windows of rules and portal beside what happened', () => {
  it('are within two in a thousand in the fast scenarios', { timeout: 180_000 }, async () => {
    const rows = await compareWindows(scenarios().filter(({ fast }) => fast))
    expect(rows.length).toBeGreaterThan(1_500)
    const misses = missesOf(rows)
    expect(misses, table(misses, END)).toEqual([])
  })
})

describe('wrong formulas are found', () => {
  const few = { instants: [END - 70 * 60, END] }

  it.each(PLANTED)('rules: %s', { timeout: 90_000 }, async (name) => {
    const rows = await compareWindows(of('scrape-gaps'), { ...few, rules: planted(name) })
    expect(rows.filter(({ ok, who }) => !ok && who === 'portal')).toEqual([])
    expect(missesOf(rows).length).toBeGreaterThan(0)
  })

  it('rules: all of a hole in every window', { timeout: 90_000 }, async () => {
    const rows = await compareWindows(of('rule-outages-long'), { ...few, rules: wholeHoles })
    expect(missesOf(rows).map(({ at, window }) => [(END - at) / 60, window])).toEqual([
      [70, '1h'],
      [0, '2h'],
      [0, '6h'],
    ])
  })

  it('portal: increase over the minute', { timeout: 90_000 }, async () => {
    const rows = await compareWindows(of('scrape-gaps'), { ...few, dialect: 'victoriametrics' })
    expect(rows.filter(({ ok, who }) => !ok && who === 'rules')).toEqual([])
    expect(missesOf(rows).length).toBeGreaterThan(0)
  })
})
