import { dayText, lengthText, partsOf } from '../format-time'
import type { UnixSeconds } from '../time-series/units'
import type { DriftProblem, RulePart } from './drift'

const PART_WORDS: Record<RulePart, string> = {
  expression: 'Its expression differs',
  labels: 'Its labels differ',
  for: 'It waits differently long before it fires',
  'keep-firing': 'It keeps firing differently long',
  annotations: 'What it tells people differs',
}

const secondsText = (seconds: number): string => `${Number(seconds.toFixed(1))} s`
const whenSince = (at: UnixSeconds): string => `${dayText(at, at)} ${partsOf(at, 'UTC').clock} UTC`

/** One sentence. What both sides say of a rule stands in the problem. `verb`: what is done with rules, by portals and where only files are compared */
export function problemText(problem: DriftProblem, verb: 'export' | 'write' = 'export'): string {
  switch (problem.kind) {
    case 'not-loaded':
      return 'None of its rules is loaded.'
    case 'missing':
      return `${problem.rule} is not loaded.`
    case 'extra':
      return `${problem.rule} is loaded, and ${verb === 'export' ? 'the portal does not write it' : 'these files do not make it'}.`
    case 'changed':
      return `${problem.rule}: ${PART_WORDS[problem.what].toLowerCase()}.`
    case 'order':
      return 'Its rules are evaluated in another order: some read what was recorded a minute before.'
    case 'interval':
      return `It is evaluated every ${secondsText(problem.theirs)} instead of every ${secondsText(problem.ours)}: counts are of minutes.`
    case 'twice':
      return `It is loaded ${problem.files.length === 2 ? 'twice' : `${problem.files.length} times`}: ${problem.files.join(', ')}.`
    case 'outdated':
      return `The rules are those of version ${problem.version} of this SLO: it was changed and not exported since.`
    case 'other-slos':
      return `It was written from other SLOs of this service, or before they changed: ${verb} the rules of the whole service anew.`
    case 'other-words':
      return 'Only its names and what its alerts tell people differ, as between rules written from files and those of the portal: with a portal, load what the portal exports.'
    case 'other-writer':
      return `Another version of Headroom wrote the rules: this one does not know ${problem.names.join(', ')}.`
    case 'failing':
      return `${problem.rule} fails${problem.more > 0 ? `, and ${problem.more} more` : ''}: ${problem.error}`
    case 'slow':
      return `One evaluation takes ${secondsText(problem.took)} of ${secondsText(problem.interval)}: soon some will be left out.`
    case 'late':
      return `It was last evaluated on ${whenSince(problem.since)}, and should be every ${lengthText(problem.interval)}.`
  }
}

const EXPLAINS: DriftProblem['kind'][] = ['outdated', 'other-slos', 'other-words']

/** The most important problem, and how many more there are. */
export function problemsText(problems: DriftProblem[]): string {
  const [first] = problems
  if (!first) return ''
  // What explains the others does not have to be said again.
  const rest = EXPLAINS.includes(first.kind) ? 0 : problems.length - 1
  return rest === 0 ? problemText(first) : `${problemText(first)} ${rest === 1 ? 'One more problem.' : `${rest} more problems.`}`
}

/** Why a group of ours is left over. */
export const goneText = (movedTo: string | null): string =>
  movedTo === null ? 'the portal has no such SLO.' : `${movedTo} measures it now.`

export const plainCount = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
