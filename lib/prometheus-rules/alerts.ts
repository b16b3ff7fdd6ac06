import { alertPairs } from '../alert/alert-policy'
import { shareText, unreachableText } from '../alert/words'
import { factorText, targetText } from '../format'
import { lengthText } from '../format-time'
import { type AlertPair, canFire } from '../slo/alert-pair'
import type { PortableSlo } from '../slo-as-code/portable'
import { MINUTE, type Seconds } from '../time-series/units'
import { ABSENT_ALERT, BURN_ALERT, type Identity, last, lengthName, numberText, SERIES, selected } from './names'
import type { AlertingRule } from './rule'
import { roughly } from './windows'

export type BurnAlerts = { rules: AlertingRule[]; notes: string[] }

type Asked = { slo: PortableSlo; identity: Identity; windowLength: Seconds; sliced: boolean; serviceName: string }

/** One alert for each pair of windows of the policy (semantics §6). What can never fire is left out, and said. */
export function burnAlerts({ slo, identity, windowLength, sliced, serviceName }: Asked): BurnAlerts {
  const { alerting, definition, scrapeSeconds } = slo
  if (!alerting) return { rules: [], notes: ['Alerts are switched off.'] }
  const pairs = alertPairs(alerting, windowLength, { scrape: scrapeSeconds, sliced })
  const reachable = pairs.filter((pair) => canFire(pair, definition.target))
  return {
    rules: reachable.map((pair) => ({
      kind: 'alert',
      alert: BURN_ALERT,
      expr: condition(pair, { slo, identity }),
      for: pair.for,
      keepFiring: alerting.keepFiring,
      labels: { ...identity, severity: pair.severity, long: lengthName(pair.long), short: lengthName(pair.short) },
      annotations: {
        summary: `${literal(`${serviceName}: ${definition.name}`)} burns its error budget at ${factorText(pair.threshold)} × the allowed rate`,
        description: sentenceOf(pair, definition.target),
        ...(slo.links.runbook && { runbook_url: literal(slo.links.runbook) }),
        ...(slo.links.dashboard && { dashboard_url: literal(slo.links.dashboard) }),
      },
    })),
    notes: pairs.flatMap((pair) => unreachableText(pair, definition.target, definition.name) ?? []),
  }
}

/** Annotations are templates: what people wrote is shown as it is. */
const literal = (text: string): string => text.replaceAll('{{', '{{ "{{" }}')

const sentenceOf = ({ long, short, threshold, budgetShare }: AlertPair, target: number): string =>
  `It fails at least ${factorText(threshold)} × as often as ${targetText(target)} % allows, over ${lengthText(long)} and over ` +
  `${lengthText(short)}: ${shareText(budgetShare)} of the budget within ${lengthText(long)}.`

/** After this long without data nothing is known any more, and alerts stand still (`ABSENT_AFTER` of lib/slo/status.ts). */
const UNKNOWN: Seconds = 10 * MINUTE

function condition(pair: AlertPair, { slo, identity }: Pick<Asked, 'slo' | 'identity'>): string {
  const { long, short, severity, threshold, minFailures, minEvents } = pair
  const clear = slo.alerting?.clearBelow ?? 1
  const burn = (length: Seconds) => selected(SERIES.burnRate, { ...identity, window: lengthName(length) })
  const both = (share: number) => {
    const least = numberText(threshold * share)
    return `${burn(long)} >= ${least}\n  and ignoring (window) ${burn(short)} >= ${least}`
  }
  const [total, ago] = [selected(SERIES.total1m, identity), lengthName(long)]
  const guards = [
    ...(minFailures > 0 ? [`${roughly('bad', long, identity)} >= ${minFailures}`] : []),
    ...(minEvents > 0 ? [`${roughly('total', long, identity)} >= ${minEvents}`] : []),
    ...(slo.definition.minEvents > 0 && slo.definition.window.kind === 'rolling'
      ? [`${selected(SERIES.totalWindow, identity)} >= ${slo.definition.minEvents}`]
      : []),
    // A history as old as the long window, holes in it or not, and one that goes on.
    `last_over_time(${selected(SERIES.total5m, identity)}[1d] offset ${ago})`,
    `last_over_time(${total}${last(UNKNOWN)})`,
  ].map((guard) => `\n  and ignoring (window) ${guard}`)
  const fires = (share: number) => `${both(share)}${guards.join('')}`
  const labels = { alertname: BURN_ALERT, alertstate: 'firing', severity, long: lengthName(long), ...identity }
  const firing = `max by (service, slo) (${selected('ALERTS', labels)})`
  const same = 'on (service, slo)'
  return [
    `max by (service, slo) (\n  ${fires(1)}\n)`,
    ...(clear < 1 ? [`max by (service, slo) (\n  ${fires(clear)}\n) and ${same} ${firing}`] : []),
    // Without data an alert stands still.
    `${firing} unless ${same} last_over_time(${total}${last(Math.min(short, UNKNOWN))})`,
  ].join('\nor\n')
}

/** Somebody should look; nobody has to get up. */
export const absentAlert = ({ slo, identity, serviceName }: Pick<Asked, 'slo' | 'identity' | 'serviceName'>): AlertingRule => ({
  kind: 'alert',
  alert: ABSENT_ALERT,
  expr: `absent_over_time(${selected(SERIES.total1m, identity)}[${lengthName(UNKNOWN)}])`,
  for: 5 * MINUTE,
  keepFiring: 0,
  labels: { ...identity, severity: 'ticket' },
  annotations: {
    summary: `${literal(`${serviceName}: ${slo.definition.name}`)} is not measured`,
    description: `Its series have been absent for ${lengthText(UNKNOWN)}. Its burn alerts stand still until they are back.`,
    ...(slo.links.runbook && { runbook_url: literal(slo.links.runbook) }),
  },
})
