import type { Cause } from './schema'

/** A correction as a form holds it: texts, a scope in two steps, and the usual ways of coming again. */
export type CorrectionDraft = {
  kind: 'exclusion' | 'credit'
  cause: Cause
  reason: string
  service: string
  /** numbers of SLOs; none: all of the service */
  slos: string[]
  from: string
  to: string
  timeZone: string
  repeat: 'never' | 'daily' | 'weekdays' | 'weekly' | 'monthly' | 'yearly' | 'rule'
  until: string
  rule: string
  minutes: string
  at: string
}

export const EMPTY_CORRECTION: CorrectionDraft = {
  ...{ kind: 'exclusion', cause: 'maintenance', reason: '', service: '', slos: [], from: '', to: '', timeZone: 'UTC' },
  ...{ repeat: 'never', until: '', rule: '', minutes: '', at: '' },
}

export type Repeating = Pick<CorrectionDraft, 'repeat' | 'rule' | 'until'>

const RULES: Record<CorrectionDraft['repeat'], string | null> = {
  never: null,
  daily: 'FREQ=DAILY',
  weekdays: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  weekly: 'FREQ=WEEKLY',
  monthly: 'FREQ=MONTHLY',
  yearly: 'FREQ=YEARLY',
  rule: '',
}

/** How a stretch comes again, as an RRULE. */
export function rruleOf({ repeat, rule, until }: Repeating): string | null {
  if (repeat === 'rule') return rule
  const usual = RULES[repeat]
  return usual && until ? `${usual};UNTIL=${until.replaceAll('-', '')}T235959Z` : usual
}

/** An RRULE as a form holds it: one of the usual ways where it is one, else as it is written. */
export function repeatOf(rrule: string | null): Repeating {
  const [, usual = '', until = ''] = /^(.*?)(?:;UNTIL=(\d{8})T235959Z)?$/.exec(rrule ?? '') ?? []
  const known = (Object.keys(RULES) as CorrectionDraft['repeat'][]).find(
    (key) => RULES[key] !== '' && RULES[key] === (usual || null),
  )
  if (!known) return { repeat: 'rule', rule: rrule ?? '', until: '' }
  return { repeat: known, rule: '', until: until.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') }
}

/** Unparsed, for `newCorrectionSchema`. The instant of a credit is written in UTC. */
export function correctionInput(draft: CorrectionDraft): Record<string, unknown> {
  const { kind, cause, reason, service, slos, from, to, timeZone, minutes, at } = draft
  const scope = slos.length > 0 ? { slos } : { service }
  const shared = { kind, cause, reason, scope }
  if (kind === 'credit') return { ...shared, minutes: minutes.trim() === '' ? undefined : Number(minutes), at: `${at}:00Z` }
  return { ...shared, schedule: { from, to, timeZone, rrule: rruleOf(draft) } }
}

/** The form field that a path of the schema belongs to. */
export function correctionField(path: string): keyof CorrectionDraft {
  if (path.startsWith('scope')) return 'service'
  if (path === 'schedule.rrule') return 'rule'
  const [, own] = /^schedule\.(from|to|timeZone)$/.exec(path) ?? []
  return (own ?? path) as keyof CorrectionDraft
}
