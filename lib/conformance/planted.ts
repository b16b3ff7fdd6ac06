import type { RuleGroup } from '../prometheus-rules/rule'
import { rulesOf } from '../prometheus-rules/rules'
import { portable } from './portable'
import type { Scenario } from './scenario'

/** Formulas that look right and are wrong. What cannot find them proves nothing. */
const REQUESTS = (slug: string, more = '') => `requests_total{world="${slug}"${more}}`
const FORMULAS: Record<string, (series: string) => string> = {
  'increase over the minute': (series) => `sum(increase(${series}[1m]))`,
  'the value a minute ago, or all of it': (series) => `sum((${series} - ${series} offset 1m) >= 0 or ${series})`,
  'the value a minute ago, no resets': (series) => `sum(${series} - ${series} offset 1m)`,
}
export type Planted = keyof typeof FORMULAS
export const PLANTED = Object.keys(FORMULAS)

/** The rules with another formula for the counts of a minute; for scenarios of requests. */
export const planted =
  (name: Planted) =>
  (scenarios: Scenario[]): RuleGroup[] =>
    rulesOf(portable(scenarios)).map((group) => {
      const slug = group.name.split('/').at(-1) ?? ''
      const count = FORMULAS[name] as (series: string) => string
      const expressions: Record<string, string> = {
        'headroom:slo_total:count1m': count(REQUESTS(slug)),
        'headroom:slo_bad:count1m': `${count(REQUESTS(slug, ',code=~"5.."'))} or vector(0)`,
      }
      return {
        ...group,
        rules: group.rules.map((rule) =>
          rule.kind === 'record' && expressions[rule.record] ? { ...rule, expr: expressions[rule.record] as string } : rule,
        ),
      }
    })

/** The rules, where a window that begins within a hole has all that was missed in it. */
export const wholeHoles = (scenarios: Scenario[]): RuleGroup[] =>
  rulesOf(portable(scenarios)).map((group) => ({
    ...group,
    rules: group.rules.map((rule) => ({
      ...rule,
      expr: rule.expr.replaceAll(/-(last_over_time\(headroom:\w+:early)/g, '0 * $1'),
    })),
  }))

/** Burn-rate thresholds that are half as high again. */
export const lax = (groups: RuleGroup[]): RuleGroup[] =>
  groups.map((group) => ({
    ...group,
    rules: group.rules.map((rule) =>
      rule.kind === 'alert'
        ? { ...rule, expr: rule.expr.replaceAll(/>= (\d+(?:\.\d+)?)(?=\n| |$)/g, (_, n) => `>= ${Number(n) * 1.5}`) }
        : rule,
    ),
  }))
