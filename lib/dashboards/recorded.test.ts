import { expect, it } from 'vitest'
import { everyKind } from '../prometheus-rules/every-kind-fixture'
import { rulesOf } from '../prometheus-rules/rules'
import { dashboardsOf, dashboardText } from './dashboards'

it('asks only for what the rules record, of every kind of SLO', () => {
  const portable = everyKind()
  const rules = rulesOf(portable).flatMap((group) => group.rules)
  const recorded = new Set(rules.map((rule) => (rule.kind === 'record' ? rule.record : rule.alert)))
  const windows = new Set(rules.flatMap(({ labels }) => labels.window ?? []))
  const quantiles = new Set(rules.flatMap(({ labels }) => labels.quantile ?? []))
  const asked = dashboardsOf(portable).map(dashboardText).join('\n').replaceAll('\\"', '"')
  const found = (pattern: RegExp) => [...new Set([...asked.matchAll(pattern)].map(([, one = '']) => one))]
  const names = found(/(headroom:[a-z_]+(?::[a-z0-9]+)?)/g)
  expect(names).toHaveLength(8)
  expect(names.filter((name) => !recorded.has(name))).toEqual([])
  expect(found(/window="(\w+)"/g).filter((window) => !windows.has(window))).toEqual([])
  expect(found(/quantile="([\d.]+)"/g).filter((quantile) => !quantiles.has(quantile))).toEqual([])
  expect(found(/(SLO[A-Z]\w+)/g).filter((alert) => !recorded.has(alert))).toEqual([])
})
