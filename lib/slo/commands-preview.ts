import 'server-only'
import { backTest } from '../alert/back-test'
import { UNASSIGNED } from '../alert/in-force'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { bucketBounds, checkAgainstSource, retentionOf } from '../measurement/source-checks'
import type { PrometheusClient } from '../prometheus/client'
import { PrometheusRefused } from '../prometheus/errors'
import { DAY, MINUTE, type UnixSeconds } from '../time-series/units'
import { NO_COUNTS, ratioOf } from './counts'
import type { SloDefinitionRecord } from './definition-input'
import { budgetInEvents, budgetInMinutes } from './error-budget'
import { planOf } from './measurement-plan'
import { canDefineSlo } from './policy'
import type { BoundShare, Percentile, SloPreview } from './preview'
import { selectorText, signalText } from './promql'
import { queriesOf } from './queries'
import { checkMembers } from './reads-members'
import { askerOf, LENGTH, measuredPast, suspicions } from './reads-past'
import { rulesUnder } from './reads-rules'
import { asRefusal, sourceNamed } from './reads-source'
import { type CounterSeries, simulate } from './simulation'
import { windowLength } from './window'

/**
 * What a definition would have meant over the last 30 days, under the alert policy that will hold for it or another one.
 * Asks the source; writes nothing.
 */
export async function previewSlo(
  actor: Actor,
  definition: SloDefinitionRecord,
  now = Math.floor(Date.now() / 1000),
  alertPolicy: string | null = null,
): Promise<SloPreview> {
  authorize(canDefineSlo(actor), 'Viewers cannot define SLOs. Ask an engineer or an owner of SLOs.')
  const source = await sourceNamed(definition.dataSource)
  const ask = askerOf(source, now)
  const { now: to } = ask
  const started = performance.now()
  const rules = await rulesUnder(definition, alertPolicy)
  const length = windowLength(definition.window, now)
  try {
    const findings = [...(await checkMembers(definition)), ...(await checkAgainstSource(definition, ask))]
    const blocked = findings.some(({ severity }) => severity === 'error')
    const past = blocked ? null : await measuredPast(definition, ask)
    const simulation = past && simulate(rules, past.series)
    const end = simulation?.end.counts ?? NO_COUNTS
    return {
      findings: [...findings, ...(past ? suspicions(past) : [])],
      measured: past &&
        simulation && {
          from: to - LENGTH,
          to,
          measuredFrom: simulation.end.measuredFrom,
          counts: { good: end.good, total: end.total },
          sli: ratioOf(end),
          remaining: simulation.end.remaining,
          coverage: coverageOf(past.series, simulation.end.measuredFrom),
          ts: simulation.ts,
          remainingSeries: simulation.remaining,
          bad: simulation.bad,
          alerts: simulation.alerts,
          backTest: backTest(rules, rules.alerting ?? UNASSIGNED, {
            ...{ series: past.series, shownFrom: to - LENGTH, incidents: [] },
          }),
        },
      meaning: {
        minutes: budgetInMinutes(rules.target, length),
        events: end.total > 0 && isEventCount(definition) ? budgetInEvents(end, rules.target).allowed : null,
        windowSeconds: length,
      },
      ...(await distribution(definition, ask)),
      retentionSeconds: await retentionOf(ask),
      queries: queriesOf(planOf(definition.indicator)).map(({ signal, ask: asked }) => ({
        signal,
        promql: signalText(asked, MINUTE, source.dialect),
      })),
      milliseconds: Math.round(performance.now() - started),
    }
  } catch (error) {
    throw asRefusal(error)
  }
}

const isEventCount = ({ method, indicator }: SloDefinitionRecord): boolean =>
  method === 'occurrences' && planOf(indicator).shape.endsWith('total')

function coverageOf({ counts, from, step }: CounterSeries, measuredFrom: UnixSeconds | null): number {
  if (measuredFrom === null) return 0
  const expected = (from + (counts.length - 1) * step - measuredFrom) / MINUTE
  return expected > 0 ? Math.min(1, (counts.at(-1)?.measured ?? 0) / expected) : 0
}

const QUANTILES = [0.5, 0.9, 0.95, 0.99, 0.999]

/** Percentiles and the share under each bound, from the month's own increase: what a threshold is chosen from. */
async function distribution(
  { indicator }: SloDefinitionRecord,
  ask: { client: PrometheusClient; now: UnixSeconds },
): Promise<{ percentiles: Percentile[]; bounds: BoundShare[] }> {
  if (indicator.kind !== 'latency') return { percentiles: [], bounds: [] }
  const { metric, matchers } = indicator.histogram
  const range = `[${LENGTH / DAY}d]`
  const grown = indicator.native
    ? `sum(increase(${selectorText(indicator.histogram)}${range}))`
    : `sum by (le) (increase(${selectorText({ metric: `${metric}_bucket`, matchers })}${range}))`
  try {
    const percentiles: Percentile[] = []
    for (const q of QUANTILES) {
      const [found] = await ask.client.instant(`histogram_quantile(${q}, ${grown})`, ask.now)
      if (found && Number.isFinite(found.value)) percentiles.push({ q, seconds: found.value })
    }
    if (indicator.native) return { percentiles, bounds: [] }
    const buckets = await ask.client.instant(grown, ask.now)
    const all = buckets.find(({ labels }) => labels.le === '+Inf')?.value ?? 0
    const known = new Set(await bucketBounds(indicator.histogram, ask))
    const bounds = buckets
      .map(({ labels, value }) => ({ bound: Number(labels.le), share: all > 0 ? value / all : 0 }))
      .filter(({ bound }) => known.has(bound))
      .sort((a, b) => a.bound - b.bound)
    return { percentiles, bounds }
  } catch (error) {
    if (error instanceof PrometheusRefused) return { percentiles: [], bounds: [] }
    throw error
  }
}
