import { describe, expect, it } from 'vitest'
import type { CounterSeries } from '../slo/counts'
import { DAY, HOUR, type Seconds } from '../time-series/units'
import { backTest } from './back-test'
import { UNASSIGNED } from './in-force'
import { type Preset, TWO_TIER, WORKBOOK } from './presets'
import { ledgerOf, RULES, START, type Traffic } from './simulated-fixture'

/** What policies tell of series that are made to catch them out, scored by the rule that 2 % of a budget is worth telling of. */
const RATE = 10
const within = (second: number, from: Seconds, length: Seconds) => second >= from && second < from + length
/** `share` of requests fails in these stretches of seconds. */
const failing =
  (share: number, ...stretches: [from: Seconds, length: Seconds][]): Traffic =>
  (second) => ({ total: RATE, bad: stretches.some(([from, length]) => within(second, from, length)) ? RATE * share : 0 })

const SCENARIOS: Record<string, { traffic: Traffic; seconds?: Seconds }> = {
  'total outage, 30 s': { traffic: failing(1, [0, 30]) },
  'total outage, 52 s': { traffic: failing(1, [0, 52]) },
  'total outage, 10 min': { traffic: failing(1, [0, 600]) },
  'total outage, 2 h': { traffic: failing(1, [0, 2 * HOUR]) },
  '15 % for 10 min': { traffic: failing(0.15, [0, 600]) },
  '5 % for 1 h': { traffic: failing(0.05, [0, HOUR]) },
  '1 % for 6 h': { traffic: failing(0.01, [0, 6 * HOUR]) },
  '0.2 % for 5 d': { traffic: failing(0.002, [0, 5 * DAY]), seconds: 6 * DAY },
  'a minute of every ten, 2 h': { traffic: (s) => ({ total: RATE, bad: s >= 0 && s < 2 * HOUR && s % 600 < 60 ? RATE : 0 }) },
  '50 %, on and off every 2 min, 1 h': {
    traffic: (s) => ({ total: RATE, bad: s >= 0 && s < HOUR && s % 240 < 120 ? RATE / 2 : 0 }),
  },
  'one error at night': { traffic: (s) => ({ total: s % 60 === 0 ? 1 : 0, bad: s === 0 ? 1 : 0 }) },
  'traffic grows a hundredfold during 5 %': {
    traffic: (s) => {
      const total = RATE * (within(s, 0, HOUR) ? 1 + (99 * s) / HOUR : 1)
      return { total, bad: within(s, 0, HOUR) ? total * 0.05 : 0 }
    },
  },
  'traffic ends after 10 min of 15 %': {
    traffic: (s) => (s >= 600 ? { total: 0, bad: 0 } : { total: RATE, bad: s >= 0 ? RATE * 0.15 : 0 }),
    seconds: HOUR,
  },
  'a deploy: a minute is not measured': { traffic: (s) => (within(s, 0, 60) ? null : { total: RATE, bad: 0 }) },
  'scrapes missing for 10 min of an outage of 30': {
    traffic: (s) => (within(s, 600, 600) ? null : failing(1, [0, 1_800])(s)),
  },
  'two at once: 10 % for 1 h, and all for 5 min in it': {
    traffic: (s) => ({ total: RATE, bad: within(s, 1_800, 300) ? RATE : within(s, 0, HOUR) ? RATE / 10 : 0 }),
  },
  'a leak that grows from 0.1 % to 2 % in 3 d': {
    traffic: (s) => ({ total: RATE, bad: within(s, 0, 3 * DAY) ? RATE * (0.001 + (0.019 * s) / (3 * DAY)) : 0 }),
    seconds: 4 * DAY,
  },
  'over before the next evaluation': { traffic: failing(1, [0, 20]) },
}

/** pages / tickets, seconds until the first alert, precision and recall of all alerts, of pages alone */
const LEDGERS = new Map(
  Object.entries(SCENARIOS).map(([name, { traffic, seconds = 10 * HOUR }]) => [name, ledgerOf(traffic, seconds)]),
)

function scored(name: string, preset: Preset): string {
  const series = LEDGERS.get(name) as CounterSeries
  const { alerts, events, all, pages } = backTest(
    RULES,
    { ...UNASSIGNED, ...preset },
    { series, shownFrom: START, incidents: [] },
  )
  const count = (severity: string) => alerts.filter((alert) => alert.severity === severity).length
  const first = alerts[0] ? alerts[0].from - START : null
  const text = (share: number | null) => (share === null ? '–' : share.toFixed(2))
  return `${count('page')}/${count('ticket')} after ${first} of ${events.length}: ${text(all.precision)} ${text(all.recall)}, ${text(pages.precision)} ${text(pages.recall)}`
}

const table = (preset: Preset) => Object.keys(SCENARIOS).map((name) => `${name}: ${scored(name, preset)}`)

/**
 * First alerts by hand: share × seconds ÷ long window reaches the threshold, then the next minute, then what the policy waits.
 * 0.2 % spends 1× of three days in 36 h; the leak's day reaches 3 × 0.1 % when t + 3.67e-5 t² = 259,200. One error in a night of
 * one request a minute is 2.3 % of a month: the workbook's guard does not tell of it, on purpose.
 */
describe('scenarios', () => {
  it('the workbook', () =>
    expect(table(WORKBOOK)).toEqual([
      'total outage, 30 s: 0/0 after null of 0: – –, – –',
      'total outage, 52 s: 1/0 after 60 of 1: 1.00 1.00, 1.00 1.00',
      'total outage, 10 min: 2/2 after 60 of 1: 1.00 1.00, 1.00 1.00',
      'total outage, 2 h: 2/2 after 60 of 1: 1.00 1.00, 1.00 1.00',
      '15 % for 10 min: 1/0 after 360 of 1: 1.00 1.00, 1.00 1.00',
      '5 % for 1 h: 2/0 after 1080 of 1: 1.00 1.00, 1.00 1.00',
      '1 % for 6 h: 1/0 after 12960 of 1: 1.00 1.00, 1.00 1.00',
      '0.2 % for 5 d: 0/1 after 129600 of 1: 1.00 1.00, – 0.00',
      'a minute of every ten, 2 h: 13/2 after 60 of 1: 1.00 1.00, 1.00 1.00',
      '50 %, on and off every 2 min, 1 h: 2/2 after 120 of 1: 1.00 1.00, 1.00 1.00',
      'one error at night: 0/0 after null of 1: – 0.00, – 0.00',
      'traffic grows a hundredfold during 5 %: 2/2 after 300 of 1: 1.00 1.00, 1.00 1.00',
      'traffic ends after 10 min of 15 %: 1/0 after 360 of 1: 1.00 1.00, 1.00 1.00',
      'a deploy: a minute is not measured: 0/0 after null of 0: – –, – –',
      'scrapes missing for 10 min of an outage of 30: 2/2 after 60 of 1: 1.00 1.00, 1.00 1.00',
      'two at once: 10 % for 1 h, and all for 5 min in it: 2/2 after 540 of 1: 1.00 1.00, 1.00 1.00',
      'a leak that grows from 0.1 % to 2 % in 3 d: 2/2 after 71580 of 1: 1.00 1.00, 1.00 1.00',
      'over before the next evaluation: 0/0 after null of 0: – –, – –',
    ]))
  it('the two tiers', () =>
    expect(table(TWO_TIER)).toEqual([
      'total outage, 30 s: 0/0 after null of 0: – –, – –',
      'total outage, 52 s: 1/0 after 180 of 1: 1.00 1.00, 1.00 1.00',
      'total outage, 10 min: 1/1 after 180 of 1: 1.00 1.00, 1.00 1.00',
      'total outage, 2 h: 1/1 after 180 of 1: 1.00 1.00, 1.00 1.00',
      '15 % for 10 min: 1/1 after 480 of 1: 1.00 1.00, 1.00 1.00',
      '5 % for 1 h: 1/1 after 1200 of 1: 1.00 1.00, 1.00 1.00',
      '1 % for 6 h: 0/1 after 7380 of 1: 1.00 1.00, – 0.00',
      '0.2 % for 5 d: 0/0 after null of 1: – 0.00, – 0.00',
      'a minute of every ten, 2 h: 12/1 after 180 of 1: 1.00 1.00, 1.00 1.00',
      '50 %, on and off every 2 min, 1 h: 1/1 after 240 of 1: 1.00 1.00, 1.00 1.00',
      'one error at night: 1/0 after 180 of 1: 1.00 1.00, 1.00 1.00',
      'traffic grows a hundredfold during 5 %: 1/1 after 420 of 1: 1.00 1.00, 1.00 1.00',
      'traffic ends after 10 min of 15 %: 1/1 after 480 of 1: 1.00 1.00, 1.00 1.00',
      'a deploy: a minute is not measured: 0/0 after null of 0: – –, – –',
      'scrapes missing for 10 min of an outage of 30: 1/1 after 180 of 1: 1.00 1.00, 1.00 1.00',
      'two at once: 10 % for 1 h, and all for 5 min in it: 1/1 after 660 of 1: 1.00 1.00, 1.00 1.00',
      'a leak that grows from 0.1 % to 2 % in 3 d: 1/1 after 39000 of 1: 1.00 1.00, 1.00 1.00',
      'over before the next evaluation: 0/0 after null of 0: – –, – –',
    ]))
})
