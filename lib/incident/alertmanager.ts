import { z } from 'zod'
import { DAY, MINUTE, toUnix, type UnixSeconds } from '../time-series/units'
import { firstOf, kept } from './sent-text'
import type { Severity } from './severity'

/**
 * What an Alertmanager sends to a webhook, version 4: strict about what is used, deaf to the rest
 * (prometheus.io/docs/alerting/latest/configuration/#webhook_config).
 */
const text = (max: number) => z.string().max(max).transform(kept)
const labels = z.record(text(500), text(10_000), { error: 'Labels are texts by name.' })
const instant = z.iso
  .datetime({ offset: true, error: 'Write the instant as Alertmanager does, for example 2026-07-15T12:00:00Z.' })
  .transform((text) => toUnix(new Date(text)))

const alertSchema = z.object({
  status: z.enum(['firing', 'resolved'], { error: 'The status of an alert is firing or resolved.' }),
  labels,
  annotations: labels.default({}),
  startsAt: instant,
  endsAt: instant.optional(),
  fingerprint: z
    .string({ error: 'An alert has a fingerprint.' })
    .regex(/^[\w-]{1,100}$/, { error: 'A fingerprint has letters and digits.' }),
})
export type SentAlert = z.output<typeof alertSchema>

export const alertmanagerSchema = z.object({
  version: z.literal('4', { error: 'This is not version 4 of the webhook of Alertmanager.' }),
  groupKey: z.string({ error: 'The group has a key.' }).min(1).max(10_000).transform(kept),
  alerts: z.array(alertSchema).min(1, { error: 'There is no alert in it.' }).max(1_000, { error: 'Send at most 1000 alerts.' }),
})
export type AlertmanagerMessage = z.output<typeof alertmanagerSchema>

/** Clocks of other machines may be off by this much; what is further ahead is taken as now. */
const SKEW = 5 * MINUTE

/** The instants of an alert as they are believed, and what was odd about them. `at` names the alert and stays as it was sent. */
export type Reading = { at: UnixSeconds; startsAt: UnixSeconds; endsAt: UnixSeconds | null; note: string }

/** An alert that fires for longer says nothing about when the harm began; the year 1 is how an absent instant is written. */
const OLDEST = 30 * DAY

/** Largest instant that is kept. */
const LAST = 2_147_483_647

/** An end only counts once the alert is resolved: before, Alertmanager sends when it would time out, or the year 1. */
export function readTimes({ status, startsAt, endsAt }: SentAlert, now: UnixSeconds): Reading {
  const notes: string[] = []
  const at = Math.min(Math.max(0, startsAt), LAST)
  if (startsAt > now + SKEW) notes.push('It says that it began in the future, so it is taken as begun when it came.')
  const begun = Math.min(at, now)
  if (status === 'firing') {
    const old = startsAt < now - OLDEST
    if (old) notes.push('It says that it began more than 30 days ago, so it is taken as begun when it came.')
    return { at, startsAt: old ? now : begun, endsAt: null, note: notes.join(' ') }
  }
  // The year 1 is how an Alertmanager writes that there is no end.
  const sent = endsAt === undefined || endsAt <= 0 ? now : endsAt
  if (sent > now + SKEW) notes.push('It says that it ended in the future, so it is taken as ended when that came.')
  if (sent < startsAt && startsAt <= now) notes.push('It says that it ended before it began, so it is taken as ended at once.')
  return { at, startsAt: begun, endsAt: Math.max(begun, Math.min(sent, now)), note: notes.join(' ') }
}

export type Named = { slo: string | null; service: string | null }

/** What the labels say the alert is about: an SLO as "service/slug" or by its slug, and a service by its slug. */
export function namedBy({ headroom_slo, headroom_service, slo, service }: Record<string, string>): Named {
  const full = headroom_slo ?? slo
  const slash = full?.indexOf('/') ?? -1
  if (full !== undefined && slash > 0) return { slo: full.slice(slash + 1), service: full.slice(0, slash) }
  return { slo: full ?? null, service: headroom_service ?? service ?? null }
}

const SEVERITY: Record<string, Severity> = { critical: 'sev2', page: 'sev2', warning: 'sev3', ticket: 'sev3' }
export const severityOfLabel = (label: string | undefined): Severity => SEVERITY[label?.toLowerCase() ?? ''] ?? 'sev3'

/** Headroom's own alerts come back when somebody routes all of them here. */
export const isOurs = ({ labels: { headroom_alert } }: SentAlert): boolean => headroom_alert !== undefined

/** A line for the head of an incident: what the alert says of itself, else its name. */
export function titleOf({ labels: { alertname }, annotations: { summary } }: SentAlert): string {
  return firstOf(summary?.trim() || alertname || 'An alert without a name', 200)
}

/** What it says at length. */
export const summaryOf = ({ annotations: { description } }: Pick<SentAlert, 'annotations'>): string => description ?? ''
