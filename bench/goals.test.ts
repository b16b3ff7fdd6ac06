import { describe, expect, it } from 'vitest'
import { type Figures, goalsOf } from './goals'
import { percentile } from './numbers'

const tick = { slos: 1_000, ticks: 20, queriesPerTick: 8, slosPerQuery: 125, tickP95Milliseconds: 300 }
const ledger = { ...tick, databaseP95Milliseconds: 250, cpuSecondsPerSlo: 0.00001 }
const web = { clients: 8, overviewP95: 300, tableP95: 100, unchangedP95: 30, healthP95: 10 }
const kept: Figures = {
  baseline: { slos: 20, queriesPerSlo: 9, cpuSecondsPerSlo: 0.01 },
  ...{ same: ledger, small: ledger, nothingShared: { ...ledger, queriesPerTick: 40 }, large: ledger, web },
  corrections: { slos: 100, spans: 9_000, milliseconds: 900 },
  causes: { lines: 150, buckets: 91, p95Milliseconds: 60 },
  alerts: { slos: 10_000, firing: 400, muted: 100, addedMilliseconds: 120, spentMilliseconds: 110 },
  gate: { slos: 10_000, gating: 8, p95Milliseconds: 30, medianMilliseconds: 20 },
  reports: {
    ...{ services: 1_000, slos: 10_000, seconds: 150, longestStepMilliseconds: 1_200, organisationSeconds: 2 },
    ...{ tickAloneMilliseconds: 900, tickBesideMilliseconds: 1_400 },
  },
  definitions: {
    ...{ slos: 1_000, versionMilliseconds: 200, lintMilliseconds: 1_200, lintSlothMilliseconds: 900 },
    ...{ rulesMilliseconds: 1_700, convertMilliseconds: 900 },
  },
  rules: {
    ...{ slos: 100, rawSeries: 20, days: 31, ofTheCheaper: 0.3 },
    ...{
      headroom: { rules: 2_700, secondsPerMinute: 1, samplesPerMinute: 1 },
      sloth: { rules: 1_700, secondsPerMinute: 3.4, samplesPerMinute: 1 },
    },
    pyrra: { rules: 1_300, secondsPerMinute: 5, samplesPerMinute: 1 },
  },
}
const met = (figures: Figures) => goalsOf(figures).map((goal) => goal.met)

describe('goalsOf', () => {
  it('says for each goal whether it is met', () => {
    expect(met(kept)).toEqual(Array(14).fill(true))
    expect(met({ ...kept, small: { ...ledger, queriesPerTick: 200 } })[0]).toBe(false)
    expect(met({ ...kept, nothingShared: { ...ledger, queriesPerTick: 181 } })[1]).toBe(false)
    expect(met({ ...kept, same: { ...ledger, cpuSecondsPerSlo: 0.00021 } })[2]).toBe(false)
    expect(met({ ...kept, large: { ...ledger, databaseP95Milliseconds: 1_000 } })[3]).toBe(false)
    expect(met({ ...kept, web: { ...web, overviewP95: 1_200 } })[4]).toBe(false)
    expect(met({ ...kept, corrections: { ...kept.corrections, milliseconds: 5_000 } })[5]).toBe(false)
    expect(met({ ...kept, causes: { ...kept.causes, p95Milliseconds: 100 } })[6]).toBe(false)
    expect(met({ ...kept, alerts: { ...kept.alerts, spentMilliseconds: 300 } })[7]).toBe(false)
    expect(met({ ...kept, gate: { ...kept.gate, p95Milliseconds: 50 } })[8]).toBe(false)
    expect(met({ ...kept, reports: { ...kept.reports, seconds: 600 } })[9]).toBe(false)
    expect(met({ ...kept, reports: { ...kept.reports, longestStepMilliseconds: 2_000 } })[10]).toBe(false)
    expect(met({ ...kept, definitions: { ...kept.definitions, lintMilliseconds: 2_000 } })[11]).toBe(false)
    expect(met({ ...kept, definitions: { ...kept.definitions, rulesMilliseconds: 2_000 } })[12]).toBe(false)
    expect(met({ ...kept, rules: { ...kept.rules, ofTheCheaper: 0.34 } })[13]).toBe(false)
  })
  it('takes no figure for a missed one', () => expect(met({ ...kept, web: { ...web, overviewP95: Number.NaN } })[4]).toBe(false))
})

describe('percentile', () => {
  it('is the value at the nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i)
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(values, share))).toEqual([50, 95, 99, 100])
    expect(percentile([], 0.95)).toBeNaN()
  })
})
