import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../time-series/units'
import { documentChanges } from './differences'
import { serviceReportSchema } from './document'
import { facts, placeOf, RULES, serviceFacts } from './facts-fixture'
import { outcomeOf, targetsIn, weightedTarget } from './figures'
import { canonicalJson, hashOf, settled } from './hash'
import { objectiveMonth } from './objective'
import { serviceReport } from './service-report'

const run = promisify(execFile)
const JUNE = placeOf('2026-06', 'UTC')
const { from, to } = JUNE.period

describe('canonical JSON', () => {
  it('does not depend on the order of keys, and keeps the order of lists', () => {
    const [a, b] = [
      { b: [1, { d: null, c: 'ü' }], a: 0.1 },
      { a: 0.1, b: [1, { c: 'ü', d: null }] },
    ]
    expect(canonicalJson(a)).toBe('{"a":0.1,"b":[1,{"c":"ü","d":null}]}')
    expect(hashOf(a)).toBe(hashOf(b))
    expect(hashOf({ a: [1, 2] })).not.toBe(hashOf({ a: [2, 1] }))
  })
  it('leaves out what is undefined, and knows no negative zero', () => {
    expect(canonicalJson({ a: undefined, b: -0 })).toBe('{"b":0}')
    expect(Object.is(settled({ b: -0 }).b, 0)).toBe(true)
  })
})

describe('the bytes of a document', () => {
  it('are the same in other processes, zones and languages', async () => {
    const inZone = async (TZ: string, LC_ALL: string) => {
      const env = { PATH: process.env.PATH, NODE_ENV: 'test' as const, TZ, LC_ALL }
      return JSON.parse(
        (await run(process.execPath, ['--import', 'tsx', 'lib/report/facts-fixture.ts'], { env })).stdout,
      ) as string[]
    }
    const [east, west] = [await inZone('Asia/Kathmandu', 'de_DE.UTF-8'), await inZone('America/St_Johns', 'ar_EG.UTF-8')]
    expect(west).toEqual(east)
    const here = ['2026-03 Europe/Berlin', '2026-06 Asia/Kathmandu', '2026-11 America/St_Johns'].map((text) => {
      const place = placeOf(...(text.split(' ') as [string, string]))
      return hashOf(serviceReport(serviceFacts(place), place))
    })
    expect(here).toEqual(east)
  }, 60_000)
  it('follow the contract, and survive being kept', () => {
    const report = serviceReport(serviceFacts(JUNE), JUNE)
    expect(settled(serviceReportSchema.parse(report))).toEqual(report)
  })
})

describe('the target of a month', () => {
  const version = (at: number, target: number) => ({ from: at, definition: { target } })
  it.each([
    ['the first version, before there was one', [version(to + DAY, 0.95)], [0.95], 0.95],
    ['one that does not change', [version(from - DAY, 0.999)], [0.999], 0.999],
    [
      'ten days of 99 %, twenty of 99.9 %',
      [version(from - DAY, 0.99), version(from + 10 * DAY, 0.999)],
      [0.99, 0.999],
      (0.99 + 2 * 0.999) / 3,
    ],
    ['a change on the first second', [version(from - DAY, 0.99), version(from, 0.999)], [0.999], 0.999],
    ['a change at the very end', [version(from - DAY, 0.99), version(to, 0.999)], [0.99], 0.99],
  ])('%s', (_, versions, targets, weighted) => {
    const found = targetsIn(RULES, versions, JUNE.period)
    expect(found.map(({ target }) => target)).toEqual(targets)
    expect(found[0]?.from).toBe(from)
    expect(weightedTarget(found, to)).toBeCloseTo(weighted, 14)
  })
})

describe('an outcome', () => {
  const judged = { rules: RULES, counts: { good: 990, total: 1000, measured: 1 }, coverage: 1, sli: 0.99, young: false }
  it.each([
    ['met at the target exactly', {}, 'met'],
    ['not met a hair below', { sli: 0.98999999 }, 'not_met'],
    ['no data below the floor of coverage', { coverage: 0.89 }, 'no_data'],
    [
      'judged all the same where missing minutes count',
      { coverage: 0.89, rules: { ...RULES, noDataPolicy: 'count_as_bad' as const } },
      'met',
    ],
    [
      'no data where nothing was measured, whatever missing minutes count',
      { coverage: 0, rules: { ...RULES, noDataPolicy: 'count_as_good' as const } },
      'no_data',
    ],
    ['not enough data when nothing happened', { sli: null, counts: { good: 0, total: 0, measured: 9 } }, 'not_enough_data'],
    ['not enough data below the least number of events', { rules: { ...RULES, minEvents: 1001 } }, 'not_enough_data'],
    ['not enough data while it is young', { young: true }, 'not_enough_data'],
  ])('is %s', (_, change, outcome) => expect(outcomeOf({ ...judged, ...change })).toBe(outcome))
})

describe('one objective over a month', () => {
  it('counts by hand', () => {
    const { sli, total, good, outcome, coverage, months, raw } = objectiveMonth(facts(JUNE), JUNE)
    expect([total, raw.total]).toEqual([432_000, 432_000])
    expect(good).toBeCloseTo(432_000 * 0.999, 4)
    expect(sli).toBeCloseTo(0.999, 10)
    expect([outcome, coverage]).toEqual(['met', 1])
    // Forty days before June begin on 22 April.
    expect(months.map(({ month }) => month)).toEqual(['2026-04', '2026-05', '2026-06'])
  })
  it.each([
    ['began after the month', to + DAY, 'no_data', 0],
    ['began in its last two days', to - 2 * DAY, 'not_enough_data', 1],
    ['began in its middle', from + 15 * DAY, 'met', 1],
  ])('a history that %s is %s', (_, since, outcome, coverage) => {
    expect(objectiveMonth(facts(JUNE, since), JUNE)).toMatchObject({ outcome, coverage })
  })
  it('knows nothing of days to come', () => {
    const running = { ...JUNE, asOf: from + 10 * DAY + HOUR }
    const { days, total } = objectiveMonth({ ...facts(JUNE), newest: running.asOf }, running)
    expect([days.length, total]).toEqual([30, (10 * 1440 + 60) * 10])
    expect(days.at(-1)).toEqual({ date: '2026-06-30', share: null })
  })
})

describe('what happens after the month', () => {
  const report = serviceReport(serviceFacts(JUNE), JUNE)
  it('changes nothing: actions, retrospectives and reviews', () => {
    const later = serviceFacts(JUNE)
    const [incident] = later.incidents
    if (incident) Object.assign(incident, { resolvedAt: to + HOUR, reviewedAt: to + DAY, retrospectiveAt: to + DAY })
    if (incident) incident.actions = [{ title: 'Later', owner: null, due: null, doneAt: to + DAY, recordedAt: to + HOUR }]
    expect(hashOf(serviceReport(later, JUNE))).toBe(hashOf(report))
  })
  it('but what corrects it does, in words with the figures before and after', () => {
    const corrected = serviceFacts(JUNE)
    const [objective] = corrected.objectives
    if (objective) {
      const { adjusted } = objective
      objective.adjusted = (ts) => {
        const reading = adjusted(ts)
        return reading && ts >= to ? { ...reading, good: reading.good - 432 } : reading
      }
    }
    expect(documentChanges(report, serviceReport(corrected, JUNE))).toEqual([
      '“Answers ½ – “right””: reached 99.900 % → 99.800 %',
      '“Answers ½ – “right””: bad 432 → 864',
    ])
  })
})
