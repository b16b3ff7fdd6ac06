import { describe, expect, it } from 'vitest'
import { TWO_TIER } from '../alert/presets'
import { EVERY_KIND, everyKind, portable, portableSlo } from './every-kind-fixture'
import type { AlertingRule, RecordingRule, Rule } from './rule'
import { rulesOf } from './rules'

const [availability] = EVERY_KIND as [(typeof EVERY_KIND)[number]]
const only = (...args: Parameters<typeof portableSlo>) => {
  const groups = rulesOf(portable([portableSlo(...args)]))
  return groups.at(-1) as (typeof groups)[number]
}
const alerts = (rules: Rule[]) => rules.filter((rule): rule is AlertingRule => rule.kind === 'alert')
const records = (rules: Rule[]) => rules.filter((rule): rule is RecordingRule => rule.kind === 'record')

describe('rulesOf', () => {
  it('makes one group for each SLO, after that of its service', () => {
    const groups = rulesOf(everyKind())
    expect(groups.map(({ name }) => name).slice(0, 3)).toEqual([
      'headroom/shop',
      'headroom/shop/kind-0',
      'headroom/shop/kind-0-slices',
    ])
    expect(groups).toHaveLength(1 + 3 * EVERY_KIND.length)
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length)
  })

  it('records before it reads, but for what was recorded by an evaluation before', () => {
    for (const { rules } of rulesOf(everyKind()).slice(1)) {
      const seen = new Set<string>()
      for (const rule of rules) {
        const own = rule.kind === 'record' ? rule.record : ''
        const identity = `service="shop",slo="${rule.labels.slo}"`
        const read = rule.expr.replaceAll(/headroom:[\w:]+\{[^}]*\}\[\w+\] offset (30|3600)s/g, '')
        for (const [, name, labels] of read.matchAll(/(headroom:\w+:?\w*)\{([^}]*)\}/g))
          if (name !== own && labels?.includes(identity)) expect(seen, `${rule.expr}`).toContain(name)
        if (own) seen.add(own)
      }
    }
  })

  it('gives series no label but the names of the service and the SLO, so that nothing else breaks their past', () => {
    const { rules } = only(availability, { labels: { team: 'pay', env: 'prod' } })
    const info = (rule: RecordingRule) => ['headroom:slo_info', 'headroom:slo_burn_rate'].includes(rule.record)
    for (const rule of records(rules).filter((one) => !info(one))) expect(rule.labels).toEqual({ service: 'shop', slo: 'orders' })
    const named = only(availability, { name: 'Renamed', labels: { team: 'other' } })
    const past = (group: typeof named) => records(group.rules).filter(({ record }) => record !== 'headroom:slo_info')
    expect(past(named)).toEqual(past(only(availability)))
  })

  it('alerts as the policy says, and says what can never fire', () => {
    const { rules, about } = only(availability, { target: 0.9 })
    expect(
      alerts(rules).map(({ alert, labels, keepFiring }) => [alert, labels.long, labels.short, labels.severity, keepFiring]),
    ).toEqual([
      ['SLOBudgetBurn', '6h', '30m', 'page', 120],
      ['SLOBudgetBurn', '24h', '2h', 'ticket', 120],
      ['SLOBudgetBurn', '72h', '6h', 'ticket', 120],
      ['SLODataAbsent', undefined, undefined, 'ticket', 0],
    ])
    expect(about.join(' ')).toContain('asks for 14.4×')
  })

  it('waits as a policy asks, and counts failures only where events are counted', () => {
    const slo = { ...portableSlo(availability), alerting: { ...TWO_TIER.settings, clearBelow: 0.8 } }
    const [, group] = rulesOf(portable([slo]))
    expect(alerts(group?.rules ?? []).map((rule) => rule.for)).toEqual([120, 900, 300])
    expect(alerts(group?.rules ?? [])[0]?.expr).toContain('>= 11.52')
    const guarded = (method: 'occurrences' | 'time_slices') =>
      alerts(only(availability, { method, sliceTarget: 0.9 }).rules).some(({ expr }) => /slo_bad:count1m.*>= 5/.test(expr))
    expect([guarded('occurrences'), guarded('time_slices')]).toEqual([true, false])
  })

  it('says what only the portal can do', () => {
    const { rules, about } = only(availability, {
      window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' },
      noDataPolicy: 'count_as_bad',
    })
    expect(records(rules).map(({ record }) => record)).not.toContain('headroom:slo_budget_remaining')
    expect(about).toHaveLength(3)
    const [composite] = EVERY_KIND.slice(-1) as [(typeof EVERY_KIND)[number]]
    expect(only(composite).about.at(-1)).toBe('It needs the rules of shop/kind-2, which are not among these.')
  })

  it('has no alerts where they are switched off, but misses absent data', () => {
    const [, group] = rulesOf(portable([{ ...portableSlo(availability), alerting: null }]))
    expect(alerts(group?.rules ?? []).map(({ alert }) => alert)).toEqual(['SLODataAbsent'])
    expect(group?.about).toContain('Alerts are switched off.')
  })

  it('shows names as they are, whatever templates they look like', () => {
    const { rules } = only(availability, { name: 'Orders {{ $labels.x }}' })
    expect(alerts(rules)[0]?.annotations.summary).toMatch(
      /Orders \{\{ "\{\{" \}\} \$labels\.x \}\} burns its error budget at [\d.]+ × the allowed rate$/,
    )
  })
})
