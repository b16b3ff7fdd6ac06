import { countText, sliText, targetText } from '../format'
import { same } from '../slo/differences'
import type {
  MonthFigure,
  ObjectiveMonth,
  OrganisationReport,
  Outcome,
  ReportDocument,
  ServiceLine,
  ServiceReport,
} from './document'
import { monthName } from './month'
import { left, quotedName, spent } from './words'

/** What a later revision says otherwise, in sentences with the figures before and after as they are shown; [] when nothing differs. */
export function documentChanges(old: ReportDocument, now: ReportDocument): string[] {
  if (old.kind === 'service' && now.kind === 'service') return serviceChanges(old, now)
  if (old.kind === 'organisation' && now.kind === 'organisation') return organisationChanges(old, now)
  return []
}

const OUTCOME_TEXT: Record<Outcome, string> = {
  met: 'met',
  not_met: 'not met',
  no_data: 'not judged, too little was measured',
  not_enough_data: 'not judged, too little happened',
}

const arrow = (what: string, before: string, after: string): string => `${what} ${before} → ${after}`
/** Below what is shown, or not shown at all. */
const UNSEEN = 'details differ that no shown figure shows'
/** Nothing where both are shown the same. */
const shownArrow = (what: string, before: string, after: string): string[] =>
  before === after ? [] : [arrow(what, before, after).trim()]

/** Those of both by key: new ones, gone ones, and pairs that differ. */
function paired<T>(old: T[], now: T[], keyOf: (one: T) => string | number) {
  const [before, after] = [new Map(old.map((one) => [keyOf(one), one])), new Map(now.map((one) => [keyOf(one), one]))]
  return {
    added: now.filter((one) => !before.has(keyOf(one))),
    gone: old.filter((one) => !after.has(keyOf(one))),
    changed: now.flatMap((one) => {
      const was = before.get(keyOf(one))
      return was !== undefined && !same(was, one) ? [{ was, is: one }] : []
    }),
  }
}

function serviceChanges(old: ServiceReport, now: ServiceReport): string[] {
  const said = [
    ...listChanges(
      old.corrections,
      now.corrections,
      ({ kind, id, reason }) => `${kind === 'exclusion' ? 'Exclusion' : 'Credit'} ${id}, ${quotedName(reason)}`,
    ),
    ...objectiveChanges(old.objectives, now.objectives),
    ...listChanges(old.incidents, now.incidents, ({ id, title }) => `INC-${id} ${quotedName(title)}`),
    ...listChanges(old.releases, now.releases, ({ version }) => `Release ${version}`),
    ...listChanges(old.waivers, now.waivers, ({ id }) => `Waiver W-${id}`),
    ...tallyChanges(old.decisions, now.decisions),
    ...(same(old.service, now.service) ? [] : ['The service is described otherwise']),
  ]
  return said.length > 0 || same(old, now) ? said : ['Words of the report were written otherwise']
}

function listChanges<T extends { id: number }>(old: T[], now: T[], name: (one: T) => string): string[] {
  const { added, gone, changed } = paired(old, now, ({ id }) => id)
  return [
    ...added.map((one) => `${name(one)} is in the report now`),
    ...gone.map((one) => `${name(one)} is no longer in the report`),
    ...changed.map(({ is }) => `${name(is)} says something else`),
  ]
}

function objectiveChanges(old: ObjectiveMonth[], now: ObjectiveMonth[]): string[] {
  const { added, gone, changed } = paired(old, now, ({ slo }) => slo.id)
  return [
    ...added.map(({ slo }) => `${quotedName(slo.name)} is in the report now`),
    ...gone.map(({ slo }) => `${quotedName(slo.name)} is no longer in the report`),
    ...changed.flatMap(({ was, is }) => figureChanges(was, is).map((said) => `${quotedName(is.slo.name)}: ${said}`)),
  ]
}

const NOTHING = 'nothing measured'
const shownLeft = (share: number | null): string => (share === null ? NOTHING : left(share))
const shownSli = (sli: number | null): string => (sli === null ? NOTHING : `${sliText(sli)} %`)

function figureChanges(was: ObjectiveMonth, is: ObjectiveMonth): string[] {
  const figures: [what: string, text: (one: ObjectiveMonth) => string][] = [
    ['reached', ({ sli }) => shownSli(sli)],
    ['target', ({ target }) => `${targetText(target)} %`],
    ['', ({ outcome }) => OUTCOME_TEXT[outcome]],
    ['left of the budget', ({ remaining }) => shownLeft(remaining)],
    ['counted', ({ total }) => countText(total)],
    ['bad', ({ good, total }) => countText(total - good)],
    ['measured', ({ coverage }) => `${sliText(coverage)} % of the minutes`],
  ]
  const said = figures.flatMap(([what, text]) => shownArrow(what, text(was), text(is)))
  said.push(...causeChanges(was, is), ...monthChanges(was, is))
  if (!same(was.quantiles, is.quantiles)) said.push('quantiles differ')
  else if (was.quantilesMissing !== is.quantilesMissing) said.push('what is said of the quantiles differs')
  return said.length > 0 ? said : [UNSEEN]
}

const causeName = ({ kind, id, title }: ObjectiveMonth['causes'][number]): string =>
  kind === 'release' ? `release ${title}` : id === null ? kind.replace('-', ' ') : `INC-${id}`

function causeChanges(was: ObjectiveMonth, is: ObjectiveMonth): string[] {
  const names = [...new Set([...was.causes, ...is.causes].map(causeName))]
  const share = (one: ObjectiveMonth, name: string) => spent(one.causes.find((cause) => causeName(cause) === name)?.share ?? 0)
  return names.flatMap((name) => shownArrow(`spent by ${name}`, share(was, name), share(is, name)))
}

/** Months before this one, which the trend shows. */
function monthChanges(was: ObjectiveMonth, is: ObjectiveMonth): string[] {
  const { added, gone, changed } = paired(was.months.slice(0, -1), is.months.slice(0, -1), ({ month }) => month)
  const text = ({ sli, outcome }: MonthFigure) => `${shownSli(sli)}, ${OUTCOME_TEXT[outcome]}`
  return [
    ...added.map(({ month }) => `${monthName(month)} is compared now`),
    ...gone.map(({ month }) => `${monthName(month)} is no longer compared`),
    ...changed.flatMap(({ was: before, is: after }) => shownArrow(monthName(after.month), text(before), text(after))),
  ]
}

function organisationChanges(old: OrganisationReport, now: OrganisationReport): string[] {
  const totals = (['met', 'notMet', 'open', 'incidents', 'releases', 'corrections', 'waivers'] as const).flatMap((key) =>
    shownArrow(TOTAL_TEXT[key], countText(old.totals[key]), countText(now.totals[key])),
  )
  const { added, gone, changed } = paired(old.services, now.services, ({ slug }) => slug)
  const said = [
    ...totals,
    ...added.map(({ name }) => `${name} is in the report now`),
    ...gone.map(({ name }) => `${name} is no longer in the report`),
    ...changed.flatMap(({ was, is }) => lineChanges(was, is).map((line) => `${is.name}: ${line}`)),
    ...listChanges(old.incidents, now.incidents, ({ id, title }) => `INC-${id} ${quotedName(title)}`),
    ...tallyChanges(old.decisions, now.decisions),
    ...trendChanges(old.months, now.months),
  ]
  return said.length > 0 || same(old, now) ? said : ['Words of the report were written otherwise']
}

function lineChanges(was: ServiceLine, is: ServiceLine): string[] {
  const judged = ({ met, notMet, open }: ServiceLine) => `${met} met, ${notMet} not met, ${open} not judged`
  const said = [
    ...shownArrow('objectives', judged(was), judged(is)),
    ...shownArrow('left of its worst budget', shownLeft(was.worst?.remaining ?? null), shownLeft(is.worst?.remaining ?? null)),
    ...shownArrow('incidents', countText(was.incidents), countText(is.incidents)),
    ...shownArrow('releases', countText(was.releases), countText(is.releases)),
  ]
  return said.length > 0 ? said : [UNSEEN]
}

const tallyChanges = (was: Record<string, number>, is: Record<string, number>): string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .sort()
    .flatMap((key) => shownArrow(`Decisions “${key}”`, countText(was[key] ?? 0), countText(is[key] ?? 0)))

function trendChanges(old: OrganisationReport['months'], now: OrganisationReport['months']): string[] {
  const { added, gone, changed } = paired(old.slice(0, -1), now.slice(0, -1), ({ month }) => month)
  const text = ({ met, judged }: OrganisationReport['months'][number]) => `${met} of ${judged} met`
  return [
    ...added.map(({ month }) => `${monthName(month)} is compared now`),
    ...gone.map(({ month }) => `${monthName(month)} is no longer compared`),
    ...changed.flatMap(({ was, is }) => shownArrow(monthName(is.month), text(was), text(is))),
  ]
}

const TOTAL_TEXT = {
  met: 'Objectives met',
  notMet: 'Objectives not met',
  open: 'Objectives not judged',
  incidents: 'Incidents',
  releases: 'Releases',
  corrections: 'Corrections',
  waivers: 'Waivers',
}
