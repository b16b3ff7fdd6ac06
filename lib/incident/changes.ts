import { instantText } from '../format-time'
import type { UnixSeconds } from '../time-series/units'
import type { IncidentTimes } from './lifecycle'
import { SEVERITY_WORDS, type Severity } from './severity'

/** What a person edits about an incident. */
export type IncidentFields = Omit<IncidentTimes, 'reviewedAt'> & {
  title: string
  severity: Severity
  summary: string
  rootCause: string
  contributing: string[]
  wentWell: string
  wentBadly: string
  retrospectiveAt: UnixSeconds | null
  /** names, not numbers: they are for people */
  commander: string | null
  suspectedRelease: string | null
  services: string[]
  slos: string[]
}

export type EditedIncident =
  | { kind: 'saved'; id: number; version: number }
  /** somebody else saved in between: what they changed, and theirs to go on from */
  | { kind: 'conflict'; version: number; author: string; changes: string[]; incident: IncidentFields }

const TIMES = [
  ['startedAt', 'Began'],
  ['detectedAt', 'Detected'],
  ['acknowledgedAt', 'Acknowledged'],
  ['mitigatedAt', 'Mitigated'],
  ['resolvedAt', 'Resolved'],
  ['retrospectiveAt', 'Retrospective held'],
] as const
const TEXTS = [
  ['summary', 'Summary'],
  ['rootCause', 'Root cause'],
  ['wentWell', 'What went well'],
  ['wentBadly', 'What went badly'],
] as const

/** What changed between two versions, a sentence each. */
export function incidentChanges(before: IncidentFields, after: IncidentFields, now: UnixSeconds): string[] {
  const said: string[] = []
  if (before.title !== after.title) said.push(`Title: “${before.title}” → “${after.title}”.`)
  if (before.severity !== after.severity)
    said.push(`Severity: ${SEVERITY_WORDS[before.severity].name} → ${SEVERITY_WORDS[after.severity].name}.`)
  for (const [key, name] of TIMES) {
    const at = (instant: UnixSeconds | null) => (instant === null ? 'not yet' : instantText(instant, now))
    if (before[key] !== after[key]) said.push(`${name}: ${at(before[key])} → ${at(after[key])}.`)
  }
  for (const [key, name] of TEXTS)
    if (before[key] !== after[key]) said.push(`${name} ${before[key] === '' ? 'written' : 'changed'}.`)
  if (before.contributing.join('\n') !== after.contributing.join('\n')) said.push('Contributing factors changed.')
  if (before.commander !== after.commander)
    said.push(after.commander ? `Commander: ${after.commander}.` : 'No commander any more.')
  if (before.suspectedRelease !== after.suspectedRelease)
    said.push(after.suspectedRelease ? `Suspected release: ${after.suspectedRelease}.` : 'No suspected release any more.')
  said.push(...listChanges('Service', before.services, after.services), ...listChanges('SLO', before.slos, after.slos))
  return said
}

function listChanges(what: string, before: string[], after: string[]): string[] {
  const added = after.filter((name) => !before.includes(name)).map((name) => `${what} added: ${name}.`)
  return [...added, ...before.filter((name) => !after.includes(name)).map((name) => `${what} removed: ${name}.`)]
}
