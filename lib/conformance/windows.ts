import { type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import type { RuleGroup } from '../prometheus-rules/rule'
import { rulesOf } from '../prometheus-rules/rules'
import { DAY, HOUR, type Seconds } from '../time-series/units'
import { compare, type Row, type Said, windowsOf } from './compare'
import type { Truth } from './counted'
import { evaluate, type Recorded, seriesName } from './levels'
import { labelled, portable, SERVICE } from './portable'
import { startPortal } from './portal'
import { END, INSTANTS, type Scenario } from './scenario'

type World = { scenario: Scenario; truth: Truth }
type Say = (what: string) => void
export type Options = { say?: Say; rules?: (scenarios: Scenario[]) => RuleGroup[]; dialect?: string; instants?: number[] }

/**
 * Windows of every scenario as the rules and as the portal have them, beside what happened. A target that is gone ends its
 * series at its next scrape; blocks cannot say that, so the server forgets a sample before the next one of its like is due.
 */
export async function compareWindows(scenarios: Scenario[], options: Options = {}): Promise<Row[]> {
  const brisk = ({ scrape, spread }: Scenario) => scrape < 30 && !spread
  const parts: [Scenario[], Seconds][] = [
    [scenarios.filter(brisk), 14],
    [scenarios.filter((one) => !brisk(one)), 59],
  ]
  const rows: Row[] = []
  for (const [some, lookback] of parts) if (some.length > 0) rows.push(...(await compareOn(some, lookback, options)))
  return rows
}

async function compareOn(scenarios: Scenario[], lookback: Seconds, options: Options): Promise<Row[]> {
  const { say = () => {}, instants = INSTANTS } = options
  say('events are counted')
  const made = scenarios.map((scenario) => ({ scenario, ...scenario.made() }))
  const worlds = made.map(({ scenario, truth }) => ({ scenario, truth }))
  say('blocks are made')
  const prometheus = await testPrometheus(
    made.splice(0).flatMap(({ series }) => series),
    { lookback },
  )
  try {
    say('the portal reads')
    const portal = await portalRows(prometheus, worlds, { ...options, instants })
    say('rules are evaluated')
    return [...portal, ...(await ruleRows(prometheus, worlds, { ...options, instants }))]
  } finally {
    await prometheus.stop()
  }
}

async function portalRows({ url }: TestPrometheus, worlds: World[], { dialect, instants = [] }: Options): Promise<Row[]> {
  const portal = await startPortal(
    url,
    worlds.map(({ scenario }) => scenario),
    dialect,
  )
  const rows: Row[] = []
  try {
    for (const at of instants) {
      await portal.catchUp(at)
      for (const { scenario, truth } of worlds)
        for (const window of windowsOf(scenario)) {
          const said = await portal.said(scenario.slug, window[0].endsWith('d') ? null : window[1])
          rows.push(...compare(scenario, truth, { at, window, who: 'portal', said }))
        }
    }
  } finally {
    await portal.stop()
  }
  return rows
}

async function ruleRows(prometheus: TestPrometheus, worlds: World[], { rules = ours, instants = [] }: Options): Promise<Row[]> {
  const groups = rules(worlds.map(({ scenario }) => scenario))
  const later = rulesOf(labelled(portable(worlds.map(({ scenario }) => scenario))))
  const named = (all: RuleGroup[], slug: string) => all.find(({ name }) => name === `headroom/${SERVICE}/${slug}`) as RuleGroup
  const recorded = await evaluate(
    prometheus,
    worlds.map(({ scenario: { slug, days, ruleOutages, relabelled } }) => ({
      group: named(groups, slug),
      span: [END - days * DAY - 6 * HOUR, END],
      outages: ruleOutages,
      relabelled: relabelled === undefined ? undefined : { at: relabelled, group: named(later, slug) },
    })),
    instants,
  )
  return worlds.flatMap(({ scenario, truth }) =>
    instants.flatMap((at) =>
      windowsOf(scenario).flatMap((window) =>
        compare(scenario, truth, { at, window, who: 'rules', said: saidByRules(recorded, scenario, { at, name: window[0] }) }),
      ),
    ),
  )
}

const ours = (scenarios: Scenario[]): RuleGroup[] => rulesOf(portable(scenarios))

function saidByRules(recorded: Recorded, { slug, target }: Scenario, { at, name }: { at: number; name: string }): Said {
  const value = (record: string, more: Record<string, string> = {}) =>
    recorded.get(seriesName(`headroom:${record}`, { service: SERVICE, slo: slug, ...more }))?.get(at) ?? null
  if (!name.endsWith('d')) {
    const burn = value('slo_burn_rate', { window: name })
    return { ratio: burn === null ? null : burn * (1 - target) }
  }
  const sli = value('slo_sli')
  return { total: value('slo_total:window'), bad: value('slo_bad:window'), ratio: sli === null ? null : 1 - sli }
}
