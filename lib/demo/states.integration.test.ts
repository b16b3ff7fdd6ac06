import { describe, expect, it } from 'vitest'
import { SLO_STATES } from '../slo/state'
import { DAY, HOUR, MINUTE } from '../time-series/units'
import { judgedDemo } from './judged-fixture'
import { demoWorld } from './world'

// Needs no service, but half a minute of computing: too long for the tests that run before every commit.

const FIRST = Date.UTC(2026, 6, 15, 14, 35) / 1000
const fineFrom = (anchor: number) => (at: number) => (at < anchor - 8 * DAY ? 30 * MINUTE : 5 * MINUTE)

describe('the states of the demo', () => {
  // Every weekday and every part of the day within sixty days, and over the turn of a quarter.
  it.each(Array.from({ length: 7 }, (_, i) => FIRST + i * (9 * DAY + 7 * HOUR + 12 * MINUTE)))(
    'are shown when it begins at %i',
    (anchor) => {
      const judged = judgedDemo(demoWorld(anchor), { from: anchor - 31 * DAY, to: anchor, anchor, stepAt: fineFrom(anchor) })(
        anchor,
      )
      expect(judged).toHaveLength(demoWorld(anchor).flatMap(({ slos }) => slos).length)
      // A calendar budget that began hours ago may stand anywhere.
      const rolling = judged.filter(({ slo }) => slo.window.kind === 'rolling')
      const shown = (key: 'shows' | 'state') =>
        rolling.map(({ service, slo, status }) => `${service.slug} ${slo.slug}: ${key === 'shows' ? slo.shows : status.state}`)
      expect(shown('state')).toEqual(shown('shows'))
      expect(new Set(rolling.map(({ status }) => status.state)).size).toBe(SLO_STATES.length)
      expect(judged.some(({ status }) => status.alerts.some(({ severity }) => severity === 'page'))).toBe(true)
      // What needs eyes and what is to be watched leaves room for a healthy row on the first screen of 720 px.
      expect(judged.filter(({ status }) => status.state !== 'healthy').length).toBeLessThanOrEqual(16)
    },
  )

  it('are shown on every one of the sixty days after that', () => {
    const to = FIRST + 60 * DAY
    const at = judgedDemo(demoWorld(FIRST), { from: FIRST - 31 * DAY, to, anchor: FIRST, stepAt: () => 30 * MINUTE })
    for (let now = FIRST; now < to; now += 13 * HOUR) {
      // A service that is not scraped for 25 minutes shows nothing else meanwhile.
      const states = new Set([...at(now), ...at(now + HOUR)].map(({ status }) => status.state))
      const missing = SLO_STATES.filter((state) => !states.has(state))
      expect({ day: (now - FIRST) / DAY, missing }).toEqual({ day: (now - FIRST) / DAY, missing: [] })
    }
  })
})
