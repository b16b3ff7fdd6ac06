import { mkdirSync, writeFileSync } from 'node:fs'
import { renderRules } from '../../lib/prometheus-rules/render'
import type { RuleGroup } from '../../lib/prometheus-rules/rule'
import { rulesOf } from '../../lib/prometheus-rules/rules'
import { portableSlos } from '../../lib/slo-as-code/reads'
import type { DataDirectory } from './data-directory'

const START = { type: 'system', job: 'start' } as const

/** The rules of the demo as somebody exported them, and somebody else edited one of them by hand. */
export async function loadRules(data: DataDirectory, source: string): Promise<void> {
  const portable = await portableSlos(START)
  const groups = rulesOf({ ...portable, slos: portable.slos.filter(({ definition }) => definition.dataSource === source) })
  const last = groups.findLastIndex(({ rules }) => rules.some(isFastPage))
  const edited = groups.map((group, i) => (i === last ? loosened(group) : group))
  mkdirSync(data.at('rules'), { recursive: true })
  writeFileSync(data.at('rules', 'headroom.yml'), renderRules(edited, 'prometheus'))
  await fetch(`http://127.0.0.1:${data.ports.prometheus}/-/reload`, { method: 'POST' })
}

const FAST = /(burn_rate\{[^}]*\} >= )14\.4/g
const isFastPage = ({ expr }: { expr: string }): boolean => expr.search(FAST) >= 0

const loosened = (group: RuleGroup): RuleGroup => ({
  ...group,
  rules: group.rules.map((rule) => ({ ...rule, expr: rule.expr.replaceAll(FAST, (_, before: string) => `${before}20`) })),
})
