import { createHmac } from 'node:crypto'
import { DAY, MINUTE, type UnixSeconds } from '../time-series/units'
import type { Notice } from './notice'

/** A message on its way out. `name` is the same at every attempt, so that a receiver can tell a repeat from a new notice. */
export type Outgoing = { name: string; notice: Notice; link: string; attachment?: Attachment }
export type Attachment = { filename: string; content: Buffer; contentType: string }

/** Numbers begin anew with an empty database; with its second the name of a message is never used twice. */
export const messageName = (id: number, createdAt: UnixSeconds): string => `notice-${id}-${createdAt}`

const iso = (at: UnixSeconds): string => new Date(at * 1000).toISOString()

/** For programs: the notice as it is kept, instants in ISO 8601, and where to read on. */
export function webhookBody({ name, notice, link }: Outgoing): string {
  const { at, startsAt, endsAt, path: _, alsoHeard: __, recipients: ___, ...rest } = notice
  const ends = { startsAt: startsAt === null ? null : iso(startsAt), endsAt: endsAt === null ? null : iso(endsAt) }
  return JSON.stringify({ id: name, ...rest, at: iso(at), ...ends, link })
}

/**
 * `t=<unix seconds>,v1=<hex>`: HMAC-SHA256 (RFC 2104) of "t.body" with the channel's secret. The instant is signed as well, so
 * a receiver can refuse what somebody recorded and sends again.
 */
export const signatureOf = (secret: string, body: string, at: UnixSeconds): string =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign)
/** Slack asks for these three only: https://docs.slack.dev/messaging/formatting-message-text */
const slackText = (text: string): string => text.replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign)

export const slackBody = ({ notice, link }: Outgoing): string =>
  JSON.stringify({
    text: [`*${slackText(notice.subject)}*`, ...notice.body.map(slackText), `<${link}|Open in Headroom>`].join('\n'),
  })

export const mailText = ({ notice, link }: Outgoing): string => [...notice.body, link].join('\n\n')

export const mailHtml = ({ notice, link }: Outgoing): string =>
  [
    '<!doctype html><html lang="en"><body style="font:14px/20px sans-serif;max-width:60em">',
    `<h1 style="font-size:16px">${escaped(notice.subject)}</h1>`,
    ...notice.body.map((text) => `<p>${escaped(text)}</p>`),
    `<p><a href="${escaped(link)}">Open in Headroom</a></p></body></html>`,
  ].join('\n')

/**
 * Alertmanager ends an alert by itself at `endsAt`, or five minutes after it last heard of it when there is none. Headroom tells
 * every change once and does not repeat itself, so a firing alert ends in a year, until the notice of its end replaces
 * that: a later explicit end wins (Alertmanager, types.Alert.Merge).
 */
const FAR = 365 * DAY

/** Labels are who an alert is: nothing that changes while it fires may be among them. */
const labelsOf = (notice: Notice): Record<string, string> => ({
  alertname: notice.event.startsWith('incident')
    ? 'HeadroomIncident'
    : notice.event === 'test'
      ? 'HeadroomTest'
      : 'HeadroomBudgetBurn',
  headroom_alert: identityOf(notice),
  severity: notice.severity,
  ...(notice.service && { service: notice.service.slug, tier: notice.service.tier, team: notice.service.team }),
  ...(notice.slo && { slo: notice.slo.slug }),
})

function identityOf({ event, slo, severity, incidentId, key }: Notice): string {
  if (event.startsWith('alert') && slo) return `slo-${slo.id}-${severity}`
  return event.startsWith('incident') && incidentId !== null ? `incident-${incidentId}` : key
}

/**
 * POST /api/v2/alerts: https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml, postableAlerts. An end names
 * every alert that the receiver holds of it: edited and reopened, one incident can be two.
 */
export const alertmanagerBody = ({ notice, link }: Outgoing): string =>
  JSON.stringify([notice, ...(notice.alsoHeard ?? [])].map((heard) => postable({ ...notice, ...heard }, link)))

function postable(notice: Notice, link: string) {
  const { event, at } = notice
  const ended = event.endsWith('.resolved')
  // A trial ends by itself.
  const endsAt = ended ? (notice.endsAt ?? at) : at + (event === 'test' ? 5 * MINUTE : FAR)
  const startsAt = Math.min(notice.startsAt ?? at, endsAt)
  return {
    labels: labelsOf(notice),
    annotations: { summary: notice.subject, description: notice.body.join('\n') },
    ...{ startsAt: iso(startsAt), endsAt: iso(endsAt), generatorURL: link },
  }
}

/** The base address of an Alertmanager, or its whole path: both are written. */
export function alertmanagerUrl(text: string): string {
  const url = new URL(text)
  if (!url.pathname.endsWith('/api/v2/alerts')) url.pathname = `${url.pathname.replace(/\/$/, '')}/api/v2/alerts`
  return url.href
}
