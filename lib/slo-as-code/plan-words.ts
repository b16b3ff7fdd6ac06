import { leftText } from '../format'
import { oneLine } from '../printable'
import type { Fault } from './fault'
import { hasErrors, type Plan, type PlanEffect, type PlanItem, type PlanKind, type PlanVerb } from './plan'

/** A plan for people: in a terminal, or as a comment on a change. */

export const KIND_WORDS: Record<PlanKind, string> = {
  service: 'Service',
  slo: 'SLO',
  'alert-policy': 'Alerts of',
  'budget-policy': 'Error-budget policy',
}
const SIGNS: Record<PlanVerb, string> = { create: '+', change: '~', delete: '-', unchanged: '=', refused: '!' }
const STYLES = { create: 'green', change: 'yellow', delete: 'red', unchanged: 'dim', refused: 'red' } as const
export type Style = (typeof STYLES)[PlanVerb] | 'bold'
type Paint = (style: Style, text: string) => string

const share = (left: number): string => `${leftText(left)} %`

/** "62.1 % left → 24.3 %"; `null` when there is nothing to say */
export function effectText(effect: PlanEffect | null): string | null {
  if (!effect) return null
  const { before, after, why, over } = effect
  const from = over ? `, measured over ${over}` : ''
  const unknown = why ?? 'nothing is measured yet'
  if (before === null) return after === null ? `not known: ${lowered(unknown)}` : `${share(after)} left${from}`
  if (after === null) return `${share(before)} left → not known: ${lowered(unknown)}`
  return share(before) === share(after) ? `${share(before)} left, as before` : `${share(before)} left → ${share(after)}${from}`
}

const lowered = (sentence: string): string =>
  (/^[A-Z][a-z ]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence).replace(/\.$/, '')

const COUNTED: [verb: PlanVerb, planned: string, done: string][] = [
  ['create', 'to create', 'created'],
  ['change', 'to change', 'changed'],
  ['delete', 'to delete', 'deleted'],
  ['refused', 'refused', 'refused'],
  ['unchanged', 'unchanged', 'unchanged'],
]

/** What a plan is about comes first. */
const NOUNS: [kind: PlanKind, one: string, many: string][] = [
  ['slo', 'SLO', 'SLOs'],
  ['service', 'service', 'services'],
  ['alert-policy', 'alert setting', 'alert settings'],
  ['budget-policy', 'error-budget policy', 'error-budget policies'],
]

/** "4 SLOs, 3 alert settings to create; 3 services unchanged" */
export function countsText({ items }: Pick<Plan, 'items'>, done = false): string {
  const said = COUNTED.flatMap(([verb, planned, past]) => {
    const kinds = NOUNS.flatMap(([kind, one, many]) => {
      const count = items.filter((item) => item.verb === verb && item.kind === kind).length
      return count > 0 ? [`${count} ${count === 1 ? one : many}`] : []
    })
    return kinds.length > 0 ? [`${kinds.join(', ')} ${done ? past : planned}`] : []
  })
  return said.length > 0 ? said.join('; ') : 'nothing is declared'
}

/** What is new is known by its name, where that says more than its key. */
const nameOf = ({ kind, verb, key, name }: PlanItem): string =>
  verb === 'create' && kind !== 'alert-policy' && name !== key && name !== key.split('/').at(-1) ? ` “${name}”` : ''
const whereOf = ({ place }: PlanItem): string => (place ? `${place.file}:${place.line}` : '')

const whose = ({ owner }: Plan): string => (owner === null ? 'these files' : owner)
const linesOf = ({ changes, reason, notes, effect }: PlanItem): string[] => {
  const budget = effectText(effect)
  return [...changes, ...(reason ? [reason] : []), ...(budget ? [`Budget: ${budget}`] : []), ...notes]
}
const faultLine = ({ file, line, column, severity, reason, suggestion }: Fault): string =>
  `${file ? `${file}:${line}:${column} ` : ''}${severity} ${reason}${suggestion ? ` ${suggestion}` : ''}`

export function headlineOf(plan: Plan, done = false): string {
  const errors = plan.faults.filter(({ severity }) => severity === 'error').length
  if (errors > 0) return `${errors} ${errors === 1 ? 'error' : 'errors'} in ${whose(plan)}: nothing can be planned.`
  if (done) return `Applied ${whose(plan)}: ${countsText(plan, true)}.`
  return `Plan for ${whose(plan)}: ${countsText(plan)}.`
}

const MOST_STAYING = 20
const MOST_KEYS = 5

/** Things that stay as they are and have something to say of it: those with the same note are one line. */
function stayingOf({ items }: Plan): string[] {
  const by = new Map<string, { kind: PlanKind; note: string; keys: string[] }>()
  for (const { kind, verb, key, notes } of items)
    for (const note of verb === 'unchanged' ? notes : []) {
      const same = by.get(`${kind} ${note}`)
      if (same) same.keys.push(key)
      else by.set(`${kind} ${note}`, { kind, note, keys: [key] })
    }
  const lines = [...by.values()].map(({ kind, note, keys }) => {
    const more = keys.length > MOST_KEYS ? ` and ${keys.length - MOST_KEYS} more` : ''
    return `${KIND_WORDS[kind]} ${keys.slice(0, MOST_KEYS).join(', ')}${more}: ${note}`
  })
  const left = lines.length - MOST_STAYING
  return left > 0 ? [...lines.slice(0, MOST_STAYING), `And ${left} more that stay as they are.`] : lines
}

export function planText(plan: Plan, paint: Paint = (_, text) => text, done = false): string {
  const shown = plan.items.filter(({ verb }) => verb !== 'unchanged')
  const items = shown.flatMap((item) => [
    paint(STYLES[item.verb], oneLine(`${SIGNS[item.verb]} ${KIND_WORDS[item.kind]} ${item.key}${nameOf(item)}`)) +
      (item.place ? paint('dim', `  ${oneLine(whereOf(item))}`) : ''),
    ...linesOf(item).map((line) => `    ${oneLine(line)}`),
  ])
  return [
    ...plan.faults.map((fault) => oneLine(faultLine(fault))),
    ...(plan.faults.length > 0 ? [''] : []),
    paint('bold', oneLine(headlineOf(plan, done))),
    ...items,
    ...stayingOf(plan).map((line) => paint(STYLES.unchanged, oneLine(`${SIGNS.unchanged} ${line}`))),
    ...plan.notes.map((note) => oneLine(`Note: ${note}`)),
    ...(hasErrors(plan.faults) || done ? [] : [paint('dim', `Fingerprint ${plan.fingerprint}`)]),
  ].join('\n')
}

/** Names that people gave make no markup, mention nobody and refer to nothing. */
const cell = (text: string): string =>
  oneLine(text)
    .replace(/[\\`*_[\]<>|#~]/g, (sign) => `\\${sign}`)
    .replaceAll('@', '@\u200b')

/** GitHub refuses comments above 65 536 characters, and nobody reads as much. */
const MOST_ROWS = 100
const MOST_PATH = 100

/** For a comment on a change; the first line is how the comment is found again. */
export function planMarkdown(plan: Plan, done = false): string {
  const shown = plan.items.filter(({ verb }) => verb !== 'unchanged')
  const rows = shown.slice(0, MOST_ROWS).map((item) => {
    const { changes, reason, notes, effect } = item
    const what = [...changes, ...(reason ? [reason] : []), ...notes].map((line) => cell(line.slice(0, 300))).join('<br>')
    const place = whereOf(item)
    // The end of a long path says which file it is.
    const where = cell(place.length > MOST_PATH ? `…${place.slice(1 - MOST_PATH)}` : place)
    return `| ${item.verb} | ${KIND_WORDS[item.kind]} ${cell(`${item.key}${nameOf(item)}`)} | ${where} | ${what} | ${cell(effectText(effect) ?? '')} |`
  })
  const notes = [...stayingOf(plan), ...plan.notes].map((note) => `- ${cell(note)}`)
  const faults = plan.faults.slice(0, MOST_ROWS).map((fault) => `- ${cell(faultLine(fault).slice(0, 400))}`)
  const table = ['| | What | Where | Changes | Budget |', '| --- | --- | --- | --- | --- |', ...rows]
  const more = shown.length > MOST_ROWS ? ['', `And ${shown.length - MOST_ROWS} more.`] : []
  return [
    `<!-- headroom plan ${oneLine(plan.owner ?? '')} -->`,
    `### ${cell(headlineOf(plan, done))}`,
    ...(rows.length > 0 ? ['', ...table, ...more] : []),
    ...(notes.length > 0 ? ['', ...notes] : []),
    ...(faults.length > 0
      ? [
          '',
          `<details${hasErrors(plan.faults) ? ' open' : ''}><summary>About the files</summary>`,
          '',
          ...faults,
          '',
          '</details>',
        ]
      : []),
    ...(hasErrors(plan.faults) || done ? [] : ['', `Fingerprint \`${plan.fingerprint}\`.`]),
    '',
  ].join('\n')
}
