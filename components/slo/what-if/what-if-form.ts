import type { SloDefinitionRecord } from '@/lib/slo/definition-input'
import { draftOf, fieldOfPath, numberOf, type SloDraft, shareOf } from '@/lib/slo/draft'
import { whatIfSchema } from '@/lib/slo/what-if'

/** What is tried out, as a form holds it: the same texts as in the editor, and stretches that are left out. */
export type WhatIfForm = Pick<SloDraft, 'windowKind' | 'days' | 'unit' | 'timeZone'> & {
  target: string
  threshold: string
  /** in UTC, as `datetime-local` writes them */
  exclusions: { key: number; from: string; to: string }[]
}

export function formOf(record: SloDefinitionRecord): WhatIfForm {
  const { objectives, windowKind, days, unit, timeZone } = draftOf(record)
  const { target = '', threshold = '' } = objectives[0] ?? {}
  return { target, threshold, windowKind, days, unit, timeZone, exclusions: [] }
}

const utc = (text: string): string => (text === '' ? '' : `${text.slice(0, 16)}:00Z`)

/** The question to the portal. Not yet read: what cannot be read is told at its field. */
export function changeOf({ target, threshold, exclusions, windowKind, days, unit, timeZone }: WhatIfForm, hasThreshold: boolean) {
  return {
    target: shareOf(target),
    window: windowKind === 'rolling' ? { kind: 'rolling', days: numberOf(days) } : { kind: 'calendar', unit, timeZone },
    ...(hasThreshold && { thresholdSeconds: numberOf(threshold) }),
    exclusions: exclusions.map(({ from, to }) => ({ from: utc(from), to: utc(to) })),
  }
}

/** Sentences by field of the form: what the schema refuses. */
export function messagesOf(change: ReturnType<typeof changeOf>): Record<string, string> {
  const parsed = whatIfSchema.safeParse(change)
  const messages: Record<string, string> = {}
  for (const { path, message } of parsed.error?.issues ?? []) messages[fieldOf(path.join('.'))] ??= message
  return messages
}

export const fieldOf = (path: string): string =>
  path === 'thresholdSeconds'
    ? 'threshold'
    : path === 'target'
      ? 'target'
      : path.startsWith('exclusions')
        ? path
        : fieldOfPath(path)

/** The definition with what was tried out in it; exclusions are no part of a definition. */
export function definitionWith(record: SloDefinitionRecord, change: ReturnType<typeof changeOf>): SloDefinitionRecord {
  const { target, window, thresholdSeconds } = whatIfSchema.parse(change)
  const { indicator } = record
  return {
    ...record,
    target: target ?? record.target,
    window: window ?? record.window,
    indicator: indicator.kind === 'latency' && thresholdSeconds ? { ...indicator, thresholdSeconds } : indicator,
  }
}
