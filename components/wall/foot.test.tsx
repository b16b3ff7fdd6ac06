import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { WallView } from '@/lib/wall/schema'
import { Foot } from './foot'

/** Wed 15 Jul 2026, 14:35 UTC */
const NOW = Date.UTC(2026, 6, 15, 14, 35) / 1000
const HOUR = 3_600
const quiet = { asOf: NOW - 20, rows: [], urgent: 0, watch: 0, behind: { count: 0, since: null }, stale: [], moreStale: 0 }
const turn = { page: 0, pages: 1, held: false, hold: () => undefined }
const textOf = (more: Partial<WallView>): string => {
  const view = { ...quiet, freezes: [], moreFreezes: 0, ...more } as unknown as WallView
  return renderToStaticMarkup(<Foot view={view} now={NOW} away={false} turn={turn} />)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
const stale = (source: string, hours: number) => ({ source, since: NOW - hours * HOUR, slos: 2 })
const freeze = (name: string, hours: number) => ({ name, policy: 'p', from: NOW + hours * HOUR, to: NOW + 30 * HOUR })

describe('the foot of the wall', () => {
  it('says how old the data are', () => expect(textOf({})).toBe('Data to 14:34:40, 20 s ago'))
  it.each([
    [{ behind: { count: 1, since: NOW - 600 } }, '1 SLO not evaluated since 14:25'],
    [{ stale: [stale('new', 1)] }, 'new stale for 1 h, 2 SLOs frozen'],
    [
      { stale: [stale('new', 1), stale('b', 2), stale('c', 3)], moreStale: 4 },
      'new stale for 1 h, 2 SLOs frozen, and 6 more sources',
    ],
    [{ freezes: [freeze('Sale', 1)] }, 'Sale from Wed 15 Jul, 15:35'],
    [{ freezes: [freeze('Sale', -1), freeze('Later', 2)], moreFreezes: 1 }, 'Sale until Thu 16 Jul, 20:35, and 2 more'],
  ] as [Partial<WallView>, string][])('%j: %s', (more, words) => expect(textOf(more)).toContain(words))
})
