import type { Rule, RuleGroup } from '../prometheus-rules/rule'

type Said = { evaluationTime?: number; lastEvaluation?: string; file?: string; interval?: number }

/** What a Prometheus would answer that has just evaluated these groups. */
export const rulesAnswer = (groups: RuleGroup[], said: Said = {}): { groups: unknown[] } => ({
  groups: groups.map(({ name, interval, rules }) => ({
    ...{ name, file: '/etc/rules.yml', interval, limit: 0, evaluationTime: 0.01, lastEvaluation: '2026-01-05T00:00:00.5Z' },
    ...said,
    rules: rules.map(ruleAnswer),
  })),
})

function ruleAnswer(rule: Rule) {
  const { expr: query, labels } = rule
  const health = { health: 'ok', evaluationTime: 0.001, lastEvaluation: '2026-01-05T00:00:00.5Z' }
  if (rule.kind === 'record') return { name: rule.record, query, labels, ...health, type: 'recording' }
  const { alert: name, for: duration, keepFiring: keepFiringFor, annotations } = rule
  return {
    ...{ state: 'inactive', name, query, duration, keepFiringFor, labels, annotations, alerts: [] },
    ...health,
    type: 'alerting',
  }
}
