import { countText, spentText } from '../format'
import { instantText } from '../format-time'
import { inline } from '../service/specification-markdown'
import type { UnixSeconds } from '../time-series/units'
import type { IncidentView, SloCost } from './incident'
import { durationsOf } from './lifecycle'
import { SEVERITY_WORDS } from './severity'
import { INCIDENT_STATUS_WORDS, incidentName, spanText } from './words'

/** The retrospective as a Markdown document (CommonMark, tables as GitHub writes them). */
export function retrospectiveMarkdown(view: IncidentView, now: UnixSeconds): string {
  const at = (instant: UnixSeconds | null) => (instant === null ? 'not yet' : `${instantText(instant, now)} UTC`)
  const { detect, acknowledge, mitigate, resolve } = durationsOf(view)
  const times: [string, UnixSeconds | null, number | null][] = [
    ['Began', view.startedAt, null],
    ['Detected', view.detectedAt, detect],
    ['Acknowledged', view.acknowledgedAt, acknowledge],
    ['Mitigated', view.mitigatedAt, mitigate],
    ['Resolved', view.resolvedAt, resolve],
  ]
  const { suspected } = view
  return `${[
    `# ${incidentName(view.id)}: ${inline(view.title)}`,
    paragraphs(view.summary),
    bullets([
      `Severity: ${SEVERITY_WORDS[view.severity].name}, ${SEVERITY_WORDS[view.severity].meaning}`,
      `Status: ${INCIDENT_STATUS_WORDS[view.status].toLowerCase()}`,
      `Services: ${view.services.map(({ name }) => inline(name)).join(', ') || 'none named'}`,
      `Commander: ${view.commander ? inline(view.commander.name) : 'nobody'}`,
      `Retrospective: ${view.retrospectiveAt === null ? 'not held yet' : `held ${at(view.retrospectiveAt)}`}`,
      ...(suspected
        ? [`Suspected release: ${inline(suspected.service)} ${inline(suspected.version)}, ${at(suspected.releasedAt)}`]
        : []),
      ...(view.falsePositive ? ['It was a false positive.'] : []),
    ]),
    section(
      'Times',
      table(
        ['', 'Instant', 'After it began'],
        times.map(([name, instant, span]) => [name, at(instant), span === null ? '' : spanText(span)]),
      ),
    ),
    section('What it cost', costTable(view.costs)),
    section('Root cause', paragraphs(view.rootCause) || 'Not written yet.'),
    section('Contributing factors', bullets(view.contributing.map(inline))),
    section('What went well', paragraphs(view.wentWell) || 'Not written yet.'),
    section('What went badly', paragraphs(view.wentBadly) || 'Not written yet.'),
    section(
      'Action items',
      bullets(
        view.actions.map(({ title, owner, dueOn, doneAt }) => {
          const more = [owner && inline(owner.name), dueOn && `due ${dueOn}`].filter(Boolean).join(', ')
          return `[${doneAt === null ? ' ' : 'x'}] ${inline(title)}${more === '' ? '' : ` (${more})`}`
        }),
      ) || 'None yet.',
    ),
    section(
      'Timeline',
      table(
        ['Instant', 'What', 'Who'],
        view.events.map(({ at: instant, text, author }) => [at(instant), inline(text), inline(author)]),
      ),
    ),
  ]
    .filter(Boolean)
    .join('\n\n')}\n`
}

const section = (title: string, body: string): string => (body === '' ? '' : `## ${title}\n\n${body}`)
const bullets = (lines: string[]): string => lines.map((line) => `- ${line}`).join('\n')
const paragraphs = (text: string): string => text.split(/\n+/).map(inline).filter(Boolean).join('\n\n')
const row = (cells: string[]): string => `| ${cells.join(' | ')} |`
const table = (head: string[], rows: string[][]): string => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

function costTable(costs: SloCost[]): string {
  if (costs.length === 0) return 'It spent the budget of no SLO.'
  const rows = costs.map(({ name, service, figures, unit, resolved }) => {
    if (!figures) return [inline(name), inline(service.name), 'not known', '', '']
    const before = resolved ? ` (${spentText(resolved.share)} % when resolved)` : ''
    const bad = unit === 'slices' ? '' : countText(figures.bad)
    const minutes = `${unit === 'slices' ? '' : '≈ '}${spentText(figures.minutes / 100)}`
    return [inline(name), inline(service.name), `${spentText(figures.share)} %${before}`, bad, minutes]
  })
  return table(['SLO', 'Service', 'Of its budget', 'Bad events', 'Minutes'], rows)
}
