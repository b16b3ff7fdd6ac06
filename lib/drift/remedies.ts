import type { DriftProblem } from './drift'

/** What to do about rules that are not in step. */

type Kind = DriftProblem['kind']

const ANEW = '{Export} its rules anew and reload.'
const OR_CHANGE = '{Export} its rules anew and reload, or change the SLO to what was meant.'
/** {Export}: what is done with rules, by those who have a portal and by those who only have files */
const REMEDIES: Record<Exclude<Kind, 'twice'>, string> = {
  'not-loaded': '{Export} its rules, add the file to rule_files, and reload.',
  missing: OR_CHANGE,
  extra: OR_CHANGE,
  changed: OR_CHANGE,
  order: ANEW,
  interval: ANEW,
  outdated: ANEW,
  // These two say it themselves.
  'other-slos': '',
  'other-words': '',
  'other-writer': '{Export} its rules anew with the version of Headroom that they are compared with, and reload.',
  failing: 'Mend what the rule reads, or {export} the rules anew.',
  slow: 'Give the source more room, or split its rules.',
  late: 'See whether the source still evaluates rules, and what its log says.',
}

/** Of the group of a service, which is written from all of its SLOs: there is no single SLO to change. */
const OF_SERVICE = '{Export} the rules of the whole service anew and reload.'
const SERVICE_REMEDIES: Partial<typeof REMEDIES> = {
  'not-loaded': '{Export} the rules of the whole service, load them in place of those of its single SLOs, and reload.',
  missing: OF_SERVICE,
  extra: OF_SERVICE,
  changed: OF_SERVICE,
  order: OF_SERVICE,
  interval: OF_SERVICE,
}

/** What mends the rules of an SLO ("shop/orders") or of a service ("shop"); the worst problem comes first. */
export function remedyOf(key: string, problems: DriftProblem[], verb: 'export' | 'write' = 'export'): string {
  const twice = problems.find((one) => one.kind === 'twice')
  const [first] = problems.filter((one) => one.kind !== 'twice')
  const once = twice ? onceText(key, twice.files) : ''
  const rest = first ? remedyFor(key, first.kind) : ''
  const said = rest.replace('{Export}', verb === 'export' ? 'Export' : 'Write').replace('{export}', verb)
  return [once, said].filter(Boolean).join(' ')
}

const remedyFor = (key: string, kind: keyof typeof REMEDIES): string =>
  (key.includes('/') ? undefined : SERVICE_REMEDIES[kind]) ?? REMEDIES[kind]

/** Both are evaluated, and what they record and alert about is there twice. */
function onceText(key: string, files: string[]): string {
  const named = [...new Set(files.map((file) => file || 'a file that the source does not name'))]
  const [first = ''] = named
  if (named.length === 1) return `Leave one group of headroom/${key} in ${first}, take out the others, and reload.`
  const listed = `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`
  if (files.length === 2) return `Take the group headroom/${key} out of one of the two files, ${listed}, and reload.`
  return `Leave the group headroom/${key} in one of the files, ${listed}, take it out of the others, and reload.`
}

/** Where nothing of ours is loaded at all. `command`: what writes all the rules. */
export const loadText = (command: string): string =>
  `Write the rules with “${command} > headroom.rules.yaml”, name that file under rule_files of Prometheus, and reload it.`
