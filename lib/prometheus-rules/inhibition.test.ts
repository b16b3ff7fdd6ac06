import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Firing, mutesOf } from '../alert/mute'
import { TWO_TIER } from '../alert/presets'
import { portableService, portableSlo } from '../dashboards/portable-fixture'
import { reachIn } from '../service/dependency-graph'
import { inhibitionOf } from './inhibition'
import { firing, type Labels, nameOf, needing, SITUATIONS } from './inhibition-fixture'

type Rule = { source_matchers: string[]; target_matchers: string[]; equal?: string[] }
const rulesOf = (text: string): Rule[] => parse(text).inhibit_rules
const matches = (matchers: string[], labels: Labels): boolean =>
  matchers.every((matcher) => {
    const [, label = '', op, value = ''] = /^(\w+)(=~|=)"(.*)"$/.exec(matcher) ?? []
    return op === '=' ? labels[label] === value : new RegExp(`^(?:${value})$`).test(labels[label] ?? '')
  })
/** As the documentation of Alertmanager says it: mute sources count as well. */
const mutedBy = (rules: Rule[], alerts: Labels[]): string[] =>
  alerts
    .filter((target) =>
      rules.some(
        ({ source_matchers, target_matchers, equal = [] }) =>
          matches(target_matchers, target) &&
          alerts.some((source) => matches(source_matchers, source) && equal.every((label) => source[label] === target[label])),
      ),
    )
    .map(nameOf)

describe('inhibition', () => {
  it.each(SITUATIONS)('$what', ({ portable, alerts, mute }) =>
    expect(mutedBy(rulesOf(inhibitionOf(portable)), alerts).sort()).toEqual(mute),
  )

  it('names only SLOs that listen, and only services that page', () => {
    const quiet = { ...TWO_TIER.settings, pairs: TWO_TIER.settings.pairs.filter(({ severity }) => severity === 'ticket') }
    const portable = {
      services: [portableService('web', ['db', 'elsewhere', 'log']), portableService('db'), portableService('log')],
      slos: [
        portableSlo({ service: 'web', slug: 'a' }),
        portableSlo({ service: 'web', slug: 'b' }, { alerting: { ...TWO_TIER.settings, suppressByDependency: false } }),
        portableSlo({ service: 'web', slug: 'c' }, { alerting: null }),
        portableSlo({ service: 'db' }),
        portableSlo({ service: 'log' }, { alerting: quiet }),
      ],
    }
    expect(rulesOf(inhibitionOf(portable)).slice(1)).toEqual([
      {
        source_matchers: ['alertname="SLOBudgetBurn"', 'severity="page"', 'service=~"db|elsewhere"'],
        target_matchers: ['alertname="SLOBudgetBurn"', 'service="web"', 'slo="a"'],
      },
    ])
  })

  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const arrows = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 12 })
  const fires = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.constantFrom('page' as const, 'ticket' as const)), {
    minLength: 1,
    selector: ([service, severity]) => `${service} ${severity}`,
  })
  const deaf = fc.subarray(names)
  const graph = (all: [string, string][]) =>
    Object.fromEntries(names.map((name) => [name, all.filter(([from]) => from === name).map(([, to]) => to)]))

  it('is what the portal mutes, wherever there is no circle', () => {
    fc.assert(
      fc.property(arrows, fires, deaf, (all, fired, unheeding) => {
        const needs = graph(all.filter(([from, to]) => from < to))
        const alerts = fired.map(([service, severity]) => firing(severity, service))
        const said = mutedBy(rulesOf(inhibitionOf(needing(needs, unheeding))), alerts)
        expect(said.sort()).toEqual(portalMutes(needs, unheeding, fired).sort())
      }),
    )
  })
  it('always leaves somebody told: above every mute page is one that is not', () => {
    fc.assert(
      fc.property(arrows, fires, (all, fired) => {
        const needs = graph(all)
        const reach = reachIn((service: string) => needs[service] ?? [])
        const alerts = fired.map(([service, severity]) => firing(severity, service))
        const mute = new Set(mutedBy(rulesOf(inhibitionOf(needing(needs))), alerts))
        const told = alerts.filter((alert) => alert.severity === 'page' && !mute.has(nameOf(alert)))
        for (const { severity, service = '' } of alerts.filter((alert) => mute.has(nameOf(alert))))
          expect(
            told.some((page) => reach(service).has(page.service ?? '') || (severity === 'ticket' && page.service === service)),
          ).toBe(true)
      }),
    )
  })

  /** Every page has fired before every ticket. */
  function portalMutes(needs: Record<string, string[]>, unheeding: string[], fired: [string, 'page' | 'ticket'][]): string[] {
    const alerts = fired.map(([service, severity], index) => {
      const at = names.indexOf(service)
      return { id: index + 1, sloId: at, serviceId: at, severity, firedAt: severity === 'page' ? 1 : 2, muted: null } as Firing
    })
    const mutes = mutesOf(alerts, {
      needs: (service) => (needs[names[service] ?? ''] ?? []).map((name) => names.indexOf(name)),
      nameOf: String,
      maintenance: () => null,
      others: [],
      policyOf: (slo) => ({ suppressByDependency: !unheeding.includes(names[slo] ?? ''), silenceInMaintenance: true }),
    })
    return alerts.flatMap(({ id, severity, serviceId }) => (mutes.get(id) ? [`${severity} ${names[serviceId]}/a`] : []))
  }
})
