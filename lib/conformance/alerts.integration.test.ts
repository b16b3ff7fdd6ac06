import { describe, expect, it } from 'vitest'
import { rulesOf } from '../prometheus-rules/rules'
import { alertScenarios } from './alert-scenarios'
import { compareAlerts } from './alerts'
import { lax } from './planted'
import { portable } from './portable'

describe('alerts of rules and portal beside what happened', () => {
  it('begin and end within one evaluation in the fast scenarios', { timeout: 240_000 }, async () => {
    const rows = await compareAlerts(alertScenarios().filter(({ fast }) => fast))
    expect(rows.filter(({ truth }) => truth !== null).length).toBe(8)
    expect(rows.filter(({ ok }) => !ok)).toEqual([])
  })

  it('a threshold that is too high is found', { timeout: 120_000 }, async () => {
    const slow = alertScenarios().filter(({ slug }) => slug === 'fifteen')
    const rows = await compareAlerts(slow, { rules: (scenario) => lax(rulesOf(portable([scenario]))) })
    expect(rows.filter(({ ok, who }) => !ok && who === 'rules').length).toBeGreaterThan(0)
    expect(rows.filter(({ ok, who }) => !ok && who === 'portal')).toEqual([])
  })
})
