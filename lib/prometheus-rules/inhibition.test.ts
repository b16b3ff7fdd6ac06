import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Firing, mutesOf } from '../alert/mute'
import { WORKBOOK } from '../alert/presets'
import type { Portable } from '../slo-as-code/portable'
import { EVERY_KIND, portableSlo } from './every-kind-fixture'
import { inhibitionOf } from './inhibition'

/** `needs`: names of services; `keeps`: SLOs that nothing upstream mutes. */
type Graph = Record<string, { needs: string[]; mutes: string[]; keeps: string[] }>

const [indicator] = EVERY_KIND
const portableOf = (graph: Graph): Portable => ({
  services: Object.entries(graph).map(([slug, { needs }]) => ({
    ...{ slug, name: slug.toUpperCase(), description: '', labels: {}, dependencies: needs },
  })),
  slos: Object.entries(graph).flatMap(([service, { mutes, keeps }]) =>
    [...mutes, ...keeps].map((slug) => ({
      ...portableSlo(indicator as never, { service, slug }),
      alerting: { ...WORKBOOK.settings, suppressByDependency: mutes.includes(slug) },
    })),
  ),
})

type Labels = Record<string, string>
type Rule = { source_matchers: string[]; target_matchers: string[]; equal?: string[] }
const rulesFor = (graph: Graph): Rule[] => parse(inhibitionOf(portableOf(graph))).inhibit_rules

/** As Alertmanager's manual has it: an alert on both sides is not muted by another on both sides. */
function inhibited(target: Labels, alerts: Labels[], rules: Rule[]): boolean {
  const fits = (matchers: string[], labels: Labels) =>
    matchers.every((text) => {
      const [, label = '', value = ''] = /^(\w+)=~?"(.*)"$/.exec(text) ?? []
      return value.split('|').includes(labels[label] ?? '')
    })
  return rules.some(
    ({ source_matchers, target_matchers, equal = [] }) =>
      fits(target_matchers, target) &&
      alerts.some(
        (source) =>
          fits(source_matchers, source) &&
          equal.every((label) => source[label] === target[label]) &&
          !(fits(source_matchers, target) && fits(target_matchers, source)),
      ),
  )
}

describe('inhibition', () => {
  it('mutes what needs a service that pages, directly or not, and nothing else', () => {
    const graph: Graph = {
      web: { needs: ['cart'], mutes: ['pages'], keeps: ['paid'] },
      cart: { needs: ['db'], mutes: ['up'], keeps: [] },
      db: { needs: [], mutes: ['answers'], keeps: [] },
    }
    expect(rulesFor(graph).slice(1)).toEqual([
      {
        source_matchers: ['alertname="SLOBudgetBurn"', 'severity="page"', 'service="db"'],
        target_matchers: ['alertname="SLOBudgetBurn"', 'service="cart"'],
      },
      {
        source_matchers: ['alertname="SLOBudgetBurn"', 'severity="page"', 'service=~"cart|db"'],
        target_matchers: ['alertname="SLOBudgetBurn"', 'service="web"', 'slo="pages"'],
      },
    ])
  })
  it('mutes tickets of an SLO that pages, also where nobody says what services need', () => {
    expect(rulesFor({ web: { needs: [], mutes: ['pages'], keeps: [] } })).toEqual([
      {
        source_matchers: ['alertname="SLOBudgetBurn"', 'severity="page"'],
        target_matchers: ['alertname="SLOBudgetBurn"', 'severity="ticket"'],
        equal: ['service', 'slo'],
      },
    ])
  })
  it('never silences two services by one another', () => {
    const rules = rulesFor({
      a: { needs: ['b'], mutes: ['x'], keeps: [] },
      b: { needs: ['a', 'db'], mutes: ['x'], keeps: [] },
      db: { needs: [], mutes: [], keeps: ['x'] },
    })
    const alert = (service: string, severity: string) => ({ alertname: 'SLOBudgetBurn', service, slo: 'x', severity })
    const told = (alerts: Labels[]) => alerts.filter((one) => !inhibited(one, alerts, rules)).map(({ service }) => service)
    expect(told([alert('a', 'page'), alert('b', 'page')])).toEqual(['a', 'b'])
    expect(told([alert('a', 'page'), alert('b', 'ticket')])).toEqual(['a'])
    expect(told([alert('a', 'page'), alert('b', 'page'), alert('db', 'page')])).toEqual(['db'])
  })

  const NAMES = ['a', 'b', 'c', 'd', 'e', 'f']
  const graphs = (circles: boolean): fc.Arbitrary<Graph> =>
    fc
      .record(
        Object.fromEntries(
          NAMES.map((name, index) => [
            name,
            fc.record({
              needs: fc.subarray(circles ? NAMES.filter((other) => other !== name) : NAMES.slice(index + 1)),
              keeps: fc.subarray(['x', 'y']),
            }),
          ]),
        ),
      )
      .map((graph) =>
        Object.fromEntries(
          Object.entries(graph).map(([name, { needs, keeps }]) => [
            name,
            { needs, keeps, mutes: ['x', 'y'].filter((slo) => !keeps.includes(slo)) },
          ]),
        ),
      )
  const firing = fc.uniqueArray(
    fc.record({
      service: fc.constantFrom(...NAMES),
      slo: fc.constantFrom('x', 'y'),
      severity: fc.constantFrom('page' as const, 'ticket' as const),
    }),
    { maxLength: 10, selector: ({ service, slo, severity }) => `${service} ${slo} ${severity}` },
  )
  type Fired = { service: string; slo: string; severity: 'page' | 'ticket' }

  /** What the portal mutes; all pages are older than all tickets, as Alertmanager supposes. */
  function mutedByPortal(graph: Graph, alerts: Fired[]): Set<Fired> {
    const sloIds = new Map(NAMES.flatMap((name, index) => [[`${name} x`, 2 * index] as const, [`${name} y`, 2 * index + 1]]))
    const judged = alerts.map((alert, id) => ({
      ...{ id, severity: alert.severity, serviceId: NAMES.indexOf(alert.service), muted: null },
      sloId: sloIds.get(`${alert.service} ${alert.slo}`) ?? -1,
      firedAt: alert.severity === 'page' ? id : 1000 + id,
    })) as unknown as Firing[]
    const mutes = mutesOf(judged, {
      needs: (id) => (graph[NAMES[id] ?? '']?.needs ?? []).map((name) => NAMES.indexOf(name)),
      nameOf: (id) => NAMES[id] ?? '',
      maintenance: () => null,
      others: [],
      policyOf: (sloId) => ({
        suppressByDependency: graph[NAMES[Math.floor(sloId / 2)] ?? '']?.mutes.includes(sloId % 2 === 0 ? 'x' : 'y') ?? false,
        silenceInMaintenance: false,
      }),
    })
    return new Set(alerts.filter((_, id) => mutes.get(id)))
  }
  const mutedByRules = (graph: Graph, alerts: Fired[]): Set<Fired> => {
    const labelled = alerts.map((alert) => ({ alertname: 'SLOBudgetBurn', ...alert }))
    const rules = rulesFor(graph)
    return new Set(alerts.filter((_, at) => inhibited(labelled[at] ?? {}, labelled, rules)))
  }

  it('mutes what the portal mutes, whatever needs what', () => {
    fc.assert(
      fc.property(graphs(false), firing, (graph, alerts) => {
        expect(mutedByRules(graph, alerts)).toEqual(mutedByPortal(graph, alerts))
      }),
    )
  })
  it('mutes no more pages than the portal where services need one another, and tells somebody', () => {
    fc.assert(
      fc.property(graphs(true), firing, (graph, alerts) => {
        const [here, there] = [mutedByRules(graph, alerts), mutedByPortal(graph, alerts)]
        const pages = alerts.filter(({ severity }) => severity === 'page')
        expect(pages.filter((page) => here.has(page) && !there.has(page))).toEqual([])
        expect(pages.length === 0 || pages.some((page) => !here.has(page))).toBe(true)
      }),
    )
  })
})
