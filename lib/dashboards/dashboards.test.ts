import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TWO_TIER } from '../alert/presets'
import { dashboardFile, dashboardsOf, dashboardText } from './dashboards'
import { address, OVERVIEW_UID, serviceUid } from './links'
import type { Dashboard, Panel } from './model'
import { overviewDashboard } from './overview'
import { anyPortable, portableService, portableSlo } from './portable-fixture'
import { serviceDashboard } from './service'
import { BUDGET_STEPS, BUDGET_WORDS, STATE_COLOURS } from './states'

const flat = ({ panels }: Dashboard): Panel[] => panels.flatMap((one) => (one.type === 'row' ? one.panels : [one]))
const titled = (dashboard: Dashboard, title: string): Panel => {
  const found = flat(dashboard).find((panel) => panel.title === title)
  if (!found) throw new Error(`There is no panel ${title}.`)
  return found
}
const overlap = (a: Panel, b: Panel): boolean =>
  a.gridPos.x < b.gridPos.x + b.gridPos.w &&
  b.gridPos.x < a.gridPos.x + a.gridPos.w &&
  a.gridPos.y < b.gridPos.y + b.gridPos.h &&
  b.gridPos.y < a.gridPos.y + a.gridPos.h

/** Names in all three ways to write a variable; what follows a joiner is text. */
const variablesIn = (text: string): string[] =>
  [...text.matchAll(/\$(\w+)|\$\{([^}:.]+)|\[\[(\w+)/g)].map(([, plain, braced, old]) => plain ?? braced ?? old ?? '')
const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
/** Grafana's own, and the groups of a regular expression. */
const BUILT_IN = /^(__data|__field|__url_time_range|__all|\d+)$/

describe('every dashboard', () => {
  it('can be taken in by Grafana, whatever definitions hold', () => {
    fc.assert(
      fc.property(anyPortable, (portable) => {
        const dashboards = dashboardsOf(portable, { portal: 'https://slo.example.org/' })
        expect(new Set(dashboards.map(dashboardFile)).size).toBe(dashboards.length)
        for (const dashboard of dashboards) {
          expect(dashboard.uid).toMatch(/^[a-zA-Z0-9_-]{1,40}$/)
          expect(JSON.parse(dashboardText(dashboard))).toEqual(dashboard)
          const ids = [...flat(dashboard), ...dashboard.panels.filter(({ type }) => type === 'row')].map(({ id }) => id)
          expect(new Set(ids).size).toBe(ids.length)
          standsApart(dashboard.panels.filter((one) => one.type !== 'row'))
          for (const row of dashboard.panels) {
            expect(row.gridPos.x + row.gridPos.w).toBeLessThanOrEqual(24)
            if (row.type !== 'row') continue
            standsApart(row.panels)
            // Grafana takes what follows an open row for its content, and what a folded one holds from the row itself.
            expect(row.collapsed).toBe(row.panels.length > 0)
            for (const panel of row.panels) expect(panel.gridPos.y).toBeGreaterThan(row.gridPos.y)
          }
          const known = new Set(dashboard.templating.list.map(({ name }) => name))
          const used = textsIn(dashboard).flatMap(variablesIn)
          expect(used.filter((name) => !known.has(name) && !BUILT_IN.test(name))).toEqual([])
          expect([...known].filter((name) => !used.includes(name))).toEqual([])
        }
      }),
      { numRuns: 25 },
    )
  })
  it('leads nowhere but to the web', () => {
    fc.assert(
      fc.property(anyPortable, (portable) => {
        const urls = dashboardsOf(portable)
          .flatMap((dashboard) => [...dashboard.links, ...flat(dashboard).flatMap(({ links = [] }) => links)])
          .flatMap(({ url }) => (url === '' ? [] : [url]))
        expect(urls.filter((url) => !/^(https?:\/\/|\/d\/headroom-)/.test(url))).toEqual([])
      }),
      { numRuns: 15 },
    )
  })
})

function standsApart(panels: Panel[]): void {
  const pairs = panels.flatMap((a, index) => panels.slice(index + 1).filter((b) => overlap(a, b)))
  expect(pairs).toEqual([])
}

describe('addresses', () => {
  const LONG = 'a-service-with-a-rather-long-name-of-its-own'
  it.each([
    ['checkout', 'headroom-s-checkout'],
    ['overview', 'headroom-s-overview'],
    ['a'.repeat(29), `headroom-s-${'a'.repeat(29)}`],
  ])('%s has %s for ever', (slug, uid) => expect(serviceUid(slug)).toBe(uid))
  it('of two long names that begin alike differ', () => {
    expect(serviceUid(LONG)).toHaveLength(40)
    expect(serviceUid(LONG)).not.toBe(serviceUid(`${LONG}-too`))
    expect(serviceUid('overview')).not.toBe(OVERVIEW_UID)
  })
  it.each([
    ['https://x.example/$slo?a=[[b]]', 'https://x.example/%24slo?a=%5B%5Bb%5D%5D'],
    ['javascript:alert(1)', null],
    ['runbooks/checkout', null],
    [null, null],
  ])('%j becomes %j', (text, expected) => expect(address(text)).toBe(expected))
  it('of services are written into the rows of the overview, cut ones by name', () => {
    const { targets } = titled(overviewDashboard({ services: [portableService(LONG)], slos: [] }), 'SLOs')
    expect(targets[0]?.expr).toContain(`"board", "${serviceUid(LONG)}", "service", "${LONG}"`)
  })
})

describe('what is shown', () => {
  const portable = {
    services: [portableService('checkout', [], 'Checkout'), portableService('other', [], 'Checkout')],
    slos: [
      portableSlo({}, { links: { runbook: 'https://wiki.example/run', dashboard: null } }),
      portableSlo({ slug: 'latency', name: 'Latency', target: 0.9995 }, { alerting: TWO_TIER.settings }),
      portableSlo({ slug: 'rare', name: 'Rare', target: 0.9 }),
      portableSlo({ slug: 'monthly', name: 'Monthly', window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' } }),
      portableSlo({ slug: 'quiet', name: 'Quiet' }, { alerting: null }),
    ],
  }
  const board = serviceDashboard(portable, 'checkout', { portal: 'https://slo.example.org/' })
  const rowOf = (name: string): Panel[] => {
    const row = board.panels.find((one) => one.type === 'row' && one.title === name)
    return row?.type === 'row' ? row.panels : []
  }
  const stepsOf = (name: string) => rowOf(name)[1]?.fieldConfig.defaults.thresholds?.steps.map(({ value }) => value)

  it('is nothing that Grafana would round or fill in', () => {
    for (const dashboard of dashboardsOf(portable))
      for (const { type, fieldConfig, targets, title } of flat(dashboard)) {
        expect(fieldConfig.defaults.noValue, title).not.toMatch(/^0?$/)
        if (type === 'timeseries') expect(fieldConfig.defaults.custom).toMatchObject({ spanNulls: false, insertNulls: false })
        for (const { expr } of targets) expect(expr).not.toMatch(/clamp|or vector\(/)
      }
  })
  it('has the thresholds of each SLO where it burns', () => {
    // 2 %, 5 %, 10 %, 10 % of 30 d within 1 h, 6 h, 24 h, 72 h; a 90 % target burns ten times at most.
    expect(stepsOf('Availability')).toEqual([null, 1, 3, 6, 14.4])
    expect(stepsOf('Latency')).toEqual([null, 1, 3, 14.4])
    expect(stepsOf('Rare')).toEqual([null, 1, 3, 6])
    expect(stepsOf('Monthly')).toEqual([null, 1, 3, 6, 14.4])
    expect(stepsOf('Quiet')).toEqual([null, 1])
  })
  it('leads to the runbook, the portal and back to the overview', () => {
    expect(board.links.map(({ title, url }) => [title, url])).toEqual([
      ['Overview', '/d/headroom-overview'],
      ['Headroom', 'https://slo.example.org/services/checkout'],
      ['Runbook', 'https://wiki.example/run'],
    ])
    expect(rowOf('Availability')[0]?.links?.map(({ url }) => url)).toEqual([
      'https://slo.example.org/services/checkout/slos/availability',
      'https://wiki.example/run',
    ])
  })
  it('tells services of one name apart', () => {
    expect(board.title).toBe('SLOs: Checkout')
    expect(serviceDashboard(portable, 'other').title).toBe('SLOs: Checkout (other)')
  })
  it('says which service is not there', () =>
    expect(() => serviceDashboard(portable, 'nowhere')).toThrow('There is no service “nowhere”.'))
})

describe('states', () => {
  const worded = (left: number): string | undefined =>
    BUDGET_WORDS.find(
      ({ type, options }) => type === 'range' && (options.from ?? -Infinity) <= left && left <= (options.to ?? Infinity),
    )?.options.result.text
  it.each([
    [1, '✓ enough left'],
    [0.25, '✓ enough left'],
    [0.2499, '● attention'],
    [0.1, '● attention'],
    [0.0999, '▲ warning'],
    [0.05, '▲ warning'],
    [0.0499, '◆ critical'],
    [0.0001, '◆ critical'],
    [0, '◼ exhausted'],
    [-3.5, '◼ exhausted'],
  ])('%d of the budget is %s, in word and colour', (left, words) => {
    expect(worded(left)).toBe(words)
    const step = [...BUDGET_STEPS].reverse().find(({ value }) => (value ?? -Infinity) <= left)
    expect(BUDGET_WORDS.find(({ options }) => options.result.text === words)?.options.result.color).toBe(step?.color)
  })
  it('can be seen on white and on the dark panels of Grafana', () => {
    for (const colour of Object.values(STATE_COLOURS))
      for (const ground of ['#ffffff', '#181b1f']) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3)
  })
})

/** WCAG 2.2, relative luminance. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}
