import type { Rule, RuleGroup } from './rule'

/** Files that Prometheus, its operator and the ruler of Mimir (or Cortex) load. One document each. */
export const RULE_FORMS = ['prometheus', 'prometheus-rule', 'mimir'] as const
export type RuleForm = (typeof RULE_FORMS)[number]

/** `name`: of the object, or the namespace. Everything else about the SLOs stands in the groups. */
export const renderRules = (groups: Iterable<RuleGroup>, form: RuleForm, name = 'headroom'): string =>
  [...renderedRules(groups, form, name)].join('')

/** The same in parts, one for each group. */
export function* renderedRules(groups: Iterable<RuleGroup>, form: RuleForm, name = 'headroom'): Generator<string> {
  const indent = form === 'prometheus-rule' ? '  ' : ''
  const indented = (text: string) => (indent === '' ? text : `${text.replaceAll(/^/gm, indent).trimEnd()}\n`)
  let head = `${headOf(form, name)}${indent}groups:`
  for (const group of groups) {
    yield `${head}${head === '' ? '' : '\n'}${indented(groupText(group))}`
    head = ''
  }
  if (head !== '') yield `${head} []\n`
}

function headOf(form: RuleForm, name: string): string {
  if (form === 'prometheus') return ''
  if (form === 'mimir') return `namespace: ${scalar(name)}\n`
  return [
    'apiVersion: monitoring.coreos.com/v1',
    'kind: PrometheusRule',
    'metadata:',
    `  name: ${scalar(name)}`,
    '  labels:',
    '    app.kubernetes.io/managed-by: headroom',
    'spec:\n',
  ].join('\n')
}

// Thousands of rules are written in a moment this way; the yaml library needs seconds for them.

function groupText({ name, interval, rules, about }: RuleGroup): string {
  const comments = about.map((line) => `# ${line.replaceAll(UNPRINTABLE, ' ')}\n`).join('')
  return `${comments}- name: ${scalar(name)}\n  interval: ${interval}s\n  rules:\n${rules.map(ruleText).join('')}`
}

function ruleText(rule: Rule): string {
  const head = rule.kind === 'record' ? `record: ${rule.record}` : `alert: ${rule.alert}`
  const times =
    rule.kind === 'alert'
      ? `${rule.for > 0 ? `    for: ${rule.for}s\n` : ''}${rule.keepFiring > 0 ? `    keep_firing_for: ${rule.keepFiring}s\n` : ''}`
      : ''
  const annotations = rule.kind === 'alert' ? mapText('annotations', rule.annotations) : ''
  return `  - ${head}\n    expr: ${expression(rule.expr)}\n${times}${mapText('labels', rule.labels)}${annotations}`
}

/** What YAML would take for the end of a line, or not take at all. Half a character is none. */
const UNPRINTABLE = /[^\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu

/** As it would be typed into Prometheus, without a second layer of quotes, unless a character in it could end the text. */
const expression = (text: string): string => {
  if (text.replaceAll('\n', '').search(UNPRINTABLE) >= 0) return scalar(text)
  return /^\w[\w() ]*$/.test(text) ? text : `|-\n      ${text.replaceAll('\n', '\n      ')}`
}

function mapText(name: string, entries: Record<string, string>): string {
  const lines = Object.entries(entries).map(([key, value]) => `      ${scalar(key)}: ${scalar(value)}\n`)
  return lines.length > 0 ? `    ${name}:\n${lines.join('')}` : ''
}

/** Words that YAML would take for something else than text. */
const PLAIN = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z][\w./-]*$/i

const hex = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A string of JSON is one of YAML, if it holds nothing but what can be printed. */
const scalar = (text: string): string =>
  PLAIN.test(text) ? text : JSON.stringify(text.replaceAll(/\p{Surrogate}/gu, '?')).replaceAll(UNPRINTABLE, hex)
