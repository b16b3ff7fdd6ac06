import { leftText } from '../format'
import { clockText } from '../format-time'
import { inline } from '../service/specification-markdown'
import { HEALTH_RULE } from './health'
import type { Minutes, MinutesAction, MinutesService } from './minutes'
import { timerText } from './timer'
import { ACTION_WORDS, dueText, fullDay, HEALTH_WORDS, minuteText } from './words'

/** Minutes as a Markdown document (CommonMark, tables as GitHub writes them). */
export function minutesMarkdown(minutes: Minutes): string {
  const { cycle, of, services, general, checklist, took, timeZone: zone } = minutes
  return `${[
    `# ${inline(cycle)}, ${fullDay(minutes.startedAt, zone)}`,
    bullets([
      `Of: ${inline(of)}`,
      `Held: ${minuteText(minutes.startedAt, zone)} to ${minuteText(minutes.closedAt, zone)} (${inline(zone)}), ${timerText(took.whole)} of meeting, run by ${inline(minutes.facilitator)}`,
      `Data to ${fullDay(minutes.asOf, zone)}, ${clockText(minutes.asOf, zone)}; compared with ${fullDay(minutes.since, zone)}`,
    ]),
    section('Services', overview(services)),
    HEALTH_RULE,
    ...services.map((service) => section(inline(service.name), serviceText(service, minutes))),
    general.actions.length + general.decisions.length === 0
      ? ''
      : section('About no service in particular', captured(general, minutes)),
    section(
      'Checklist',
      bullets(
        checklist.map(({ text, by }) => `[${by === null ? ' ' : 'x'}] ${inline(text)}${by === null ? '' : ` (${inline(by)})`}`),
      ),
    ),
  ]
    .filter(Boolean)
    .join('\n\n')}\n`
}

const section = (title: string, body: string): string => (body === '' ? '' : `## ${title}\n\n${body}`)
const bullets = (lines: string[]): string => lines.map((line) => `- ${line}`).join('\n')
const row = (cells: string[]): string => `| ${cells.join(' | ')} |`
const table = (head: string[], rows: string[][]): string => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

const overview = (services: MinutesService[]): string =>
  table(
    ['Service', 'Status', 'Why', 'Least budget remaining'],
    services.map(({ name, health, because, budget }) => [
      ...[inline(name), HEALTH_WORDS[health], inline(because)],
      budget ? `${leftText(budget.remaining)} % (${inline(budget.slo)})` : 'not known',
    ]),
  )

function serviceText(service: MinutesService, minutes: Minutes): string {
  const { health, because, budget, issues } = service
  return [
    bullets([
      `Status: **${HEALTH_WORDS[health]}**, ${inline(because)}`,
      `Error budget: ${budget ? `${leftText(budget.remaining)} % remaining (${inline(budget.slo)})` : 'not known'}`,
    ]),
    `Key issues\n\n${bullets(issues.map(inline)) || 'None.'}`,
    captured(service, minutes),
  ].join('\n\n')
}

const captured = ({ actions, decisions }: Minutes['general'], minutes: Minutes): string =>
  [
    `Actions\n\n${bullets(actions.map((action) => actionText(action, minutes))) || 'None.'}`,
    `Decisions\n\n${bullets(decisions.map(({ text, by }) => `${inline(text)} (${inline(by)})`)) || 'None.'}`,
  ].join('\n\n')

const actionText = ({ title, owner, dueOn, status, late }: MinutesAction, { closedAt }: Minutes): string => {
  const more = [
    owner === null ? 'no owner' : inline(owner),
    dueOn === null ? '' : `due ${dueText(dueOn, closedAt)}`,
    `${ACTION_WORDS[status]}${late && status === 'carried' ? ', late' : ''}`,
  ]
  return `[${status === 'done' ? 'x' : ' '}] ${inline(title)} (${more.filter(Boolean).join('; ')})`
}
