import type { UnixSeconds } from '../time-series/units'
import type { IncidentView } from './incident'

/** Instants as fields have them: UTC, to the second where there are seconds. */
export const fieldOf = (at: UnixSeconds | null): string =>
  at === null ? '' : new Date(at * 1000).toISOString().slice(0, at % 60 === 0 ? 16 : 19)

/** Unparsed, for the schema; an empty field is no instant, and half an instant is told as such. */
export const instantInput = (text: string): string | null => (text === '' ? null : `${text.length === 16 ? `${text}:00` : text}Z`)

/** The head of an incident as a form holds it. */
export type HeadDraft = {
  title: string
  severity: string
  summary: string
  startedAt: string
  detectedAt: string
  acknowledgedAt: string
  mitigatedAt: string
  resolvedAt: string
  suspectedRelease: string
  services: string[]
  slos: string[]
}

export const headDraft = (view: IncidentView): HeadDraft => ({
  ...{ title: view.title, severity: view.severity, summary: view.summary },
  ...{ startedAt: fieldOf(view.startedAt), detectedAt: fieldOf(view.detectedAt), acknowledgedAt: fieldOf(view.acknowledgedAt) },
  ...{ mitigatedAt: fieldOf(view.mitigatedAt), resolvedAt: fieldOf(view.resolvedAt) },
  suspectedRelease: view.suspected ? String(view.suspected.id) : '',
  services: view.services.map(({ slug }) => slug),
  slos: view.costs.map(({ sloId }) => String(sloId)),
})

/** Only what a person changed, unparsed: what they left alone is not theirs to overwrite. */
export function headInput(draft: HeadDraft, before: HeadDraft): Record<string, unknown> {
  const changed = (key: keyof HeadDraft) => JSON.stringify(draft[key]) !== JSON.stringify(before[key])
  const input: Record<string, unknown> = {}
  for (const key of ['title', 'severity', 'summary', 'services'] as const) if (changed(key)) input[key] = draft[key]
  for (const key of ['startedAt', 'detectedAt', 'acknowledgedAt', 'mitigatedAt', 'resolvedAt'] as const)
    if (changed(key)) input[key] = instantInput(draft[key])
  if (changed('slos')) input.slos = draft.slos.map(Number)
  if (changed('suspectedRelease')) input.suspectedRelease = draft.suspectedRelease === '' ? null : Number(draft.suspectedRelease)
  return input
}

/** What was learned, as a form holds it; one contributing factor a line. */
export type LessonsDraft = {
  rootCause: string
  contributing: string
  wentWell: string
  wentBadly: string
  retrospectiveAt: string
}

export const lessonsDraft = (view: IncidentView): LessonsDraft => ({
  ...{ rootCause: view.rootCause, wentWell: view.wentWell, wentBadly: view.wentBadly },
  ...{ contributing: view.contributing.join('\n'), retrospectiveAt: fieldOf(view.retrospectiveAt) },
})

export function lessonsInput(draft: LessonsDraft, before: LessonsDraft): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const key of ['rootCause', 'wentWell', 'wentBadly'] as const) if (draft[key] !== before[key]) input[key] = draft[key]
  const lines = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
  if (draft.contributing !== before.contributing) input.contributing = lines(draft.contributing)
  if (draft.retrospectiveAt !== before.retrospectiveAt) input.retrospectiveAt = instantInput(draft.retrospectiveAt)
  return input
}
