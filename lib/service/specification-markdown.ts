import { instantText } from '../format-time'
import type { Named, Specification, SpecifiedObjective } from './specification'

/** The specification as a Markdown document (CommonMark, tables as GitHub writes them). */
export function specificationMarkdown(spec: Specification): string {
  return `${[
    `# ${inline(spec.name)}: service level objectives`,
    paragraph(spec.description),
    `Version ${spec.version} of the service, as of ${instantText(spec.asOf, spec.asOf)} UTC.`,
    section('Owners', bullets(spec.owners)),
    section('Links', spec.links.map(({ name, href }) => `- [${inline(name)}](<${address(href)}>)`).join('\n')),
    section('Context', spec.context.map(({ name, text }) => `### ${inline(name)}\n\n${paragraph(text)}`).join('\n\n')),
    section('Tier', bullets(spec.tier)),
    section('Characteristics', bullets(spec.characteristics)),
    section('Journeys', spec.journeys.map(journeyText).join('\n\n')),
    section('Objectives', spec.objectives.map(objectiveText).join('\n\n') || 'This service promises nothing so far.'),
    section('Dependencies', bullets(spec.dependencies) || 'It needs no other service.'),
    section('Dependants', bullets(spec.dependants) || 'No other service needs it.'),
  ]
    .filter(Boolean)
    .join('\n\n')}\n`
}

const section = (title: string, body: string): string => (body === '' ? '' : `## ${title}\n\n${body}`)
const bullets = (items: Named[]): string => items.map(({ name, text }) => `- ${inline(name)}: ${inline(text)}`).join('\n')

function journeyText({ name, text, steps }: Specification['journeys'][number]): string {
  return [`### ${inline(name)}`, paragraph(text), steps.map((step, i) => `${i + 1}. ${inline(step)}`).join('\n')].join('\n\n')
}

function objectiveText({ name, description, marks, measures, parts, queries, promise, alerts, measurement }: SpecifiedObjective) {
  return [
    `### ${inline(name)}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`,
    paragraph(description),
    paragraph(measures),
    parts.map((part) => `- ${inline(part.name)}: ${code(part.text)}`).join('\n'),
    ...queries.map(({ signal, promql }) => `What is asked for ${inline(signal)}:\n\n${fenced(promql, 'promql')}`),
    bullets(promise),
    [
      '| Alert windows | Severity | Burn rate | Spends | |',
      '| --- | --- | --- | --- | --- |',
      ...alerts.map((alert) => row([alert.windows, alert.severity, alert.threshold, alert.share, alert.note])),
    ].join('\n'),
    bullets(measurement),
  ]
    .filter(Boolean)
    .join('\n\n')
}

const row = (cells: string[]): string => `| ${cells.map(inline).join(' | ')} |`

/** Text that people wrote, on one line, shown as it is: no markup of theirs survives. */
export const inline = (text: string): string =>
  text
    .replace(/\s+/gu, (space) => (/[\n\r\t]/.test(space) ? ' ' : space))
    .trim()
    .replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')

/** The same with its paragraphs kept. */
const paragraph = (text: string): string => text.split(/\n+/).map(inline).filter(Boolean).join('\n\n')

/** The fence is longer than any run of backticks inside. */
const runOf = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
export const fenced = (text: string, language: string): string => {
  const fence = '`'.repeat(Math.max(3, runOf(text) + 1))
  return `${fence}${language}\n${text}\n${fence}`
}
const code = (text: string): string => {
  const line = text.replace(/\s*\n\s*/g, ' + ')
  const ticks = '`'.repeat(runOf(line) + 1)
  return /^`|`$/.test(line) ? `${ticks} ${line} ${ticks}` : `${ticks}${line}${ticks}`
}

/** Inside <…> an address ends at the first > and at a line break. */
const address = (href: string): string => href.replace(/[<>\\\s]/g, (character) => encodeURIComponent(character))
