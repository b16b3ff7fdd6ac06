import { ceiled, sliText, spentText, targetText } from '../format'
import { dayText, instantText } from '../format-time'
import { inline } from '../service/specification-markdown'
import type { UnixSeconds } from '../time-series/units'
import { type Planning, SPENT_KINDS, SPENT_WORDS, type StoredPlan } from './planning'
import { answerText, percentText, pointsText, shownSpent, splitText } from './planning-words'
import { quarterText } from './quarter'
import { performanceText, toilText } from './toil'
import { scoreText } from './words'

/** The planning page as a Markdown document (CommonMark, tables as GitHub writes them). */
export function planningMarkdown(view: Planning, now: UnixSeconds): string {
  return `${[
    `# ${inline(view.team.name)}: ${quarterText(view.quarter)}`,
    inline(answerText(view)),
    view.asOf === null ? '' : `As of ${instantText(view.asOf, view.asOf)} UTC.`,
    section('Objectives', objectives(view)),
    section('Largest causes', causes(view)),
    section('Waivers used', waivers(view, now)),
    section('Priorities', tops(view)),
    section('Toil budget', `SLO performance ${performanceText(view.toil.performance)} %. ${toilText(view.toil)}`),
    section(`Split for ${quarterText(view.next)}`, split(view, now)),
  ]
    .filter(Boolean)
    .join('\n\n')}\n`
}

const section = (title: string, body: string): string => `## ${title}\n\n${body}`
const row = (cells: string[]): string => `| ${cells.join(' | ')} |`
const table = (head: string[], rows: string[][]): string => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

function objectives({ rows }: Planning): string {
  if (rows.length === 0) return 'No SLO is measured.'
  const head = ['Service', 'SLO', 'Target', 'SLI', 'Met', 'Spent', ...SPENT_KINDS.map((kind) => SPENT_WORDS[kind])]
  return table(
    head,
    rows.map(({ service, slo, target, sli, met, consumed, spent }) => [
      ...[inline(service.name), inline(slo.name), `${targetText(target)} %`],
      ...(consumed === null
        ? ['', 'unknown', '', ...SPENT_KINDS.map(() => '')]
        : [...[`${sliText(sli)} %`, met ? 'yes' : 'no', `${spentText(consumed)} %`], ...cells(spent, consumed)]),
    ]),
  )
}

function cells(spent: Planning['rows'][number]['spent'], consumed: number): string[] {
  const shown = shownSpent(spent, consumed)
  return SPENT_KINDS.map((kind) => (shown[kind] === '' ? '' : `${shown[kind]} %`))
}

const causes = ({ largest }: Planning): string =>
  largest.length === 0
    ? 'No incident, release or dependency is known to have spent 1 % of a budget.'
    : table(
        ['Cause', 'Kind', 'SLO', 'Of its budget'],
        largest.map(({ title, kind, slo, service, share }) => [
          ...[inline(title), kind, `${inline(service)}: ${inline(slo.name)}`, `${percentText(share)} %`],
        ]),
      )

const waivers = ({ waivers: used }: Planning, now: UnixSeconds): string =>
  used.length === 0
    ? 'None.'
    : table(
        ['Service', 'Why', 'From', 'Until', 'Spent', 'Limit'],
        used.map(({ service, reason, from, to, spent, limit }) => [
          ...[inline(service), inline(reason), dayText(from, now), dayText(to, now)],
          ...[`${spentText(spent)} %`, `${spentText(limit)} %`],
        ]),
      )

const tops = ({ top }: Planning): string =>
  top.length === 0
    ? 'No gap.'
    : table(
        ['Rank', 'Service', 'SLO', 'Score', 'Effort', 'Owner', 'What to do'],
        top.map(({ rank, service, slo, score, effort, owner, actions }) => [
          ...[String(rank), inline(service.name), inline(slo.name), scoreText(score.score), effort],
          ...[inline(owner?.name ?? 'nobody'), inline(actions[0]?.what ?? '')],
        ]),
      )

function split({ proposal, plan, agreed }: Planning, now: UnixSeconds): string {
  const said = (one: StoredPlan): string =>
    `Agreed for ${quarterText(one.quarter)}: ${splitText(one.reliability)}. ${inline(one.by)}, ${dayText(one.at, now)}.${one.note ? ` ${inline(one.note)}` : ''}`
  return [
    `Proposed: ${splitText(proposal.reliability)}.`,
    proposal.reasons.map(({ points, text }) => `- ${pointsText(points)}: ${inline(text)}`).join('\n'),
    proposal.sum === proposal.reliability * 100
      ? ''
      : `Together ${ceiled(proposal.sum, 1)} %, up to the next 5 %, between 20 and 80 %.`,
    agreed ? said(agreed) : '',
    plan ? said(plan) : 'Nothing is agreed yet.',
  ]
    .filter(Boolean)
    .join('\n\n')
}
