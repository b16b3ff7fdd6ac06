import pLimit from 'p-limit'
import { testPrometheus } from '../prometheus/test-server'
import type { RuleGroup } from '../prometheus-rules/rule'
import { rulesOf } from '../prometheus-rules/rules'
import { MINUTE } from '../time-series/units'
import { firedByRules } from './alert-rules'
import { type AlertScenario, JUDGED, TROUBLE } from './alert-scenarios'
import { type Fired, firedIn } from './alert-truth'
import type { Who } from './compare'
import type { Span } from './counted'
import { portable } from './portable'
import { startPortal } from './portal'

export type AlertRow = {
  scenario: string
  who: Who
  long: number
  /** `null`: it does not fire; `to` null: it still does at the end */
  truth: Fired | null
  said: Fired | null
  ok: boolean
}
type Say = (what: string) => void
type Options = { say?: Say; rules?: (scenario: AlertScenario) => RuleGroup[] }

const ours = (scenario: AlertScenario): RuleGroup[] => {
  const { services, slos } = portable([scenario])
  return rulesOf({ services, slos: slos.map((slo) => ({ ...slo, alerting: scenario.policy })) })
}

const judgedOf = ({ until }: AlertScenario): Span => [JUDGED[0], TROUBLE + until * MINUTE]

/** When alerts begin and end as the rules and as the portal have it, beside what the counted events say. */
export async function compareAlerts(
  scenarios: AlertScenario[],
  { say = () => {}, rules = ours }: Options = {},
): Promise<AlertRow[]> {
  const worlds = scenarios.map((scenario) => {
    const made = scenario.made()
    const { target, begins, pairs, absent } = scenario
    return { scenario, ...made, fired: firedIn({ truth: made.truth, target, begins, judged: JUDGED, pairs, absent }) }
  })
  say('rules are tested')
  const limit = pLimit(2)
  const byRules = await Promise.all(
    worlds.map(({ scenario, series }) =>
      limit(() =>
        firedByRules({
          groups: rules(scenario),
          series,
          scrape: scenario.scrape,
          begins: scenario.begins,
          judged: judgedOf(scenario),
        }),
      ),
    ),
  )
  say('the portal ticks')
  const byPortal = await firedByPortal(worlds)
  return worlds.flatMap(({ scenario, fired }, i) => [
    ...pairUp(scenario, 'rules', fired, byRules[i] ?? []),
    ...pairUp(scenario, 'portal', fired, byPortal.get(scenario.slug) ?? []),
  ])
}

async function firedByPortal(worlds: { scenario: AlertScenario; series: Parameters<typeof testPrometheus>[0] }[]) {
  const prometheus = await testPrometheus(
    worlds.flatMap(({ series }) => series as Exclude<typeof series, string>),
    { lookback: 59 },
  )
  const portal = await startPortal(
    prometheus.url,
    worlds.map(({ scenario }) => scenario),
  )
  try {
    await portal.catchUp(JUDGED[0])
    const until = Math.max(...worlds.map(({ scenario }) => judgedOf(scenario)[1]))
    for (let at = JUDGED[0] + 60; at <= until; at += 60) await portal.tick(at)
    const found = new Map<string, Fired[]>()
    for (const { slug, ...fired } of await portal.fired()) found.set(slug, [...(found.get(slug) ?? []), fired])
    return found
  } finally {
    await portal.stop()
    await prometheus.stop()
  }
}

/** One evaluation, in seconds. */
const INTERVAL = 60

function pairUp({ slug }: AlertScenario, who: Who, truth: Fired[], said: Fired[]): AlertRow[] {
  const open = [...said]
  const close = (a: number | null, b: number | null) => (a === null || b === null ? a === b : Math.abs(a - b) <= INTERVAL)
  const rows = truth.map((one): AlertRow => {
    const index = open.findIndex(({ long, from }) => long === one.long && Math.abs(from - one.from) <= 10 * INTERVAL)
    const [found] = index < 0 ? [] : open.splice(index, 1)
    return {
      ...{ scenario: slug, who, long: one.long, truth: one, said: found ?? null },
      ok: found !== undefined && close(found.from, one.from) && close(found.to, one.to),
    }
  })
  if (truth.length === 0 && said.length === 0) rows.push({ scenario: slug, who, long: 0, truth: null, said: null, ok: true })
  return [...rows, ...open.map((one): AlertRow => ({ scenario: slug, who, long: one.long, truth: null, said: one, ok: false }))]
}
