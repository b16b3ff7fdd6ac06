import { csvText } from '../csv'
import type { UnixSeconds } from '../time-series/units'
import { type Planning, SPENT_KINDS, SPENT_WORDS } from './planning'

type Cell = string | number
const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()

/** Every number of the planning page, one a line and unrounded, so that one table holds them all. */
export function planningCsv(view: Planning): string {
  const line =
    (section: string, service = '', subject = '') =>
    (what: string, value: Cell, unit: string): Cell[] => [
      view.team.name,
      view.quarter,
      section,
      service,
      subject,
      what,
      value,
      unit,
    ]
  const team = line('team')
  return csvText([
    ['team', 'quarter', 'section', 'service', 'subject', 'what', 'value', 'unit'],
    team('SLOs judged', view.judged, 'SLOs'),
    team('objectives met', view.met, 'SLOs'),
    team('releases', view.releases, 'releases'),
    team('incidents', view.incidents, 'incidents'),
    ...view.rows.flatMap((row) => sloLines(row, line('SLO', row.service.name, row.slo.name))),
    ...view.largest.map(({ service, slo, title, share, kind }) =>
      line('cause', service, slo.name)(`${kind}: ${title}`, share, 'budget'),
    ),
    ...view.waivers.flatMap(({ service, reason, spent, limit, from, to }) => {
      const of = line('waiver', service, reason)
      return [of('spent', spent, 'budget'), of('limit', limit, 'budget'), of('from', iso(from), ''), of('until', iso(to), '')]
    }),
    ...view.top.map(({ service, slo, rank, score, actions }) =>
      line('priority', service.name, slo.name)(`${rank}: ${actions[0]?.what ?? ''}`, score.score, 'score'),
    ),
    ...toilLines(view, line('toil')),
    ...splitLines(view, line('split')),
  ])
}

type Line = (what: string, value: Cell, unit: string) => Cell[]

function sloLines({ target, sli, consumed, met, spent }: Planning['rows'][number], of: Line): Cell[][] {
  if (sli === null || consumed === null) return [of('target', target, 'ratio'), of('met', 'unknown', '')]
  return [
    ...[
      of('target', target, 'ratio'),
      of('SLI', sli, 'ratio'),
      of('consumed', consumed, 'budget'),
      of('met', met ? 'yes' : 'no', ''),
    ],
    ...SPENT_KINDS.map((kind) => of(SPENT_WORDS[kind], spent[kind], 'budget')),
  ]
}

function toilLines({ toil }: Planning, of: Line): Cell[][] {
  const { performance, share, size, hours } = toil
  return [
    of('SLO performance', performance ?? 'unknown', '%'),
    ...[of('share', share, 'working time'), of('people', size, 'people'), of('hours', hours, 'h a week')],
  ]
}

function splitLines({ proposal, next, plan, agreed, quarter }: Planning, of: Line): Cell[][] {
  return [
    of(`proposed for ${next}`, proposal.reliability, 'working time'),
    ...proposal.reasons.map(({ points, text }) => of(text, points, 'points')),
    ...[agreed ? [of(`agreed for ${quarter}`, agreed.reliability, 'working time')] : []].flat(),
    ...(plan ? [of(`agreed for ${next}`, plan.reliability, 'working time'), of('note', plan.note, '')] : []),
  ]
}
