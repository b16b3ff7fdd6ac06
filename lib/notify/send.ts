import { createTransport } from 'nodemailer'
import type { Seconds, UnixSeconds } from '../time-series/units'
import type { ChannelKind, ChannelSettings } from './channel'
import type { Notice } from './notice'
import {
  alertmanagerBody,
  alertmanagerUrl,
  mailHtml,
  mailText,
  type Outgoing,
  signatureOf,
  slackBody,
  webhookBody,
} from './payload'

/** Where mail leaves from. `url`: smtp:// or smtps://, null when no server is set. */
export type MailServer = { url: string | null; from: string }
export type Receiver = { kind: ChannelKind; settings: ChannelSettings; secret: string | null }

/** What the receiver said. `again`: it is worth trying once more, after `least` seconds when it asked for that. */
export type Outcome = { ok: true; detail: string } | { ok: false; detail: string; again: boolean; least: Seconds }

/**
 * In milliseconds. A receiver that took the notice and was not waited for gets it twice, so they are generous; a mail server
 * may search what it got before it answers (RFC 5321, 4.5.3.2.6). The lease of a message lasts longer than all of them.
 */
export const LIMITS = {
  ...{ connect: 10_000, greeting: 30_000, silence: 120_000 },
  /** a whole hand-over, by mail and by HTTP; then reading what the receiver adds to its status */
  ...{ mail: 150_000, http: 30_000, words: 2_000 },
}
const FIRST_WORDS = 200
const MOST_PATIENT = 3_600

type Handover = { mail: MailServer; now: UnixSeconds; limits?: typeof LIMITS }

/** Hands one message over, within a time limit. Never throws: whatever goes wrong is an outcome. */
export async function send(receiver: Receiver, message: Outgoing, { mail, now, limits = LIMITS }: Handover): Promise<Outcome> {
  const limit = receiver.kind === 'email' ? limits.mail : limits.http
  const signal = AbortSignal.timeout(limit)
  try {
    if (receiver.kind === 'email') return await sendMail(receiver, message, { ...mail, limits, signal })
    return await post(receiver, message, { now, limits, signal })
  } catch (error) {
    const detail = signal.aborted ? `no answer within ${limit / 1000} s` : reasonOf(error)
    return { ok: false, detail, again: isWorthAnother(error), least: 0 }
  }
}

type Limited = { limits: typeof LIMITS; signal: AbortSignal }
type Prepared = { url: string; body: string; headers: Record<string, string> }

function requestFor({ kind, settings, secret }: Receiver, message: Outgoing, now: UnixSeconds): Prepared {
  if (kind === 'slack') return { url: settings.url, body: slackBody(message), headers: {} }
  if (kind === 'alertmanager') return { url: alertmanagerUrl(settings.url), body: alertmanagerBody(message), headers: {} }
  const body = webhookBody(message)
  return { url: settings.url, body, headers: secret === null ? {} : { 'x-headroom-signature': signatureOf(secret, body, now) } }
}

async function post(
  receiver: Receiver,
  message: Outgoing,
  { now, limits, signal }: Limited & { now: UnixSeconds },
): Promise<Outcome> {
  const { url, body, headers } = requestFor(receiver, message, now)
  const { address, authorization } = apart(url)
  const response = await fetch(address, {
    method: 'POST',
    body,
    // Whoever changes the address should know of it; and a redirect must not lead a signed notice elsewhere.
    redirect: 'manual',
    signal,
    headers: { 'content-type': 'application/json', 'idempotency-key': message.name, ...authorization, ...headers },
  })
  const { status } = response
  // Slack says in words what it refuses; what others answer might be anything that the address leads to, and is not kept.
  const words = receiver.kind === 'slack' ? await firstWords(response, limits.words) : await unread(response)
  const detail = shortened(`${status} ${response.statusText}`) + (words ? `: ${words}` : '')
  if (response.ok) return { ok: true, detail }
  const final = status >= 400 && status < 500 && ![408, 425, 429].includes(status)
  const asked = Number(response.headers.get('retry-after'))
  return { ok: false, detail, again: !final, least: asked > 0 ? Math.min(asked, MOST_PATIENT) : 0 }
}

/** `fetch` takes no user and password in an address: they become the header they stand for. */
function apart(text: string): { address: string; authorization: Record<string, string> } {
  const url = new URL(text)
  const { username, password } = url
  if (!username && !password) return { address: url.href, authorization: {} }
  url.username = ''
  url.password = ''
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { address: url.href, authorization: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } }
}

/** The beginning of an answer, never more: a receiver may answer with a gigabyte, or break off. Its status has decided. */
async function firstWords(response: Response, limit: number): Promise<string> {
  const reader = response.body?.getReader()
  const enough = () => reader?.cancel().catch(() => {})
  const late = setTimeout(enough, limit)
  let bytes = Buffer.alloc(0)
  try {
    while (reader && bytes.length < 4 * FIRST_WORDS) {
      const { done, value } = await reader.read()
      if (done) break
      bytes = Buffer.concat([bytes, value])
    }
  } catch {}
  clearTimeout(late)
  await enough()
  return shortened(bytes.toString('utf8'))
}

async function unread({ body }: Response): Promise<''> {
  await body?.cancel().catch(() => {})
  return ''
}

const shortened = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('\0', '').trim().slice(0, FIRST_WORDS)

/** Subscribers of a report need not know of each other. */
const readersOf = ({ event, recipients = [] }: Notice, { to, owners }: ChannelSettings) =>
  event === 'report.ready' ? { bcc: recipients } : { to: [...new Set([...to, ...(owners ? recipients : [])])] }

async function sendMail(
  { settings }: Receiver,
  message: Outgoing,
  { url, from, limits, signal }: MailServer & Limited,
): Promise<Outcome> {
  const { connect, greeting, silence } = limits
  const timeouts = { connectionTimeout: connect, dnsTimeout: connect, greetingTimeout: greeting, socketTimeout: silence }
  const transport = createTransport({ url: url ?? '', ...timeouts })
  try {
    const { response, rejected = [] } = await transport.sendMail({
      signal,
      from,
      ...readersOf(message.notice, settings),
      subject: message.notice.subject,
      messageId: `<${message.name}@${new URL(message.link).hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      text: mailText(message),
      html: mailHtml(message),
      ...(message.attachment && { attachments: [message.attachment] }),
      // Nothing in a notice may name a file or an address to be read.
      ...{ disableFileAccess: true, disableUrlAccess: true },
    })
    const refused = rejected.length > 0 ? `; refused: ${rejected.map(String).join(', ')}` : ''
    return { ok: true, detail: shortened(response) + refused }
  } finally {
    transport.close()
  }
}

/** A mail server that says 5xx to a message means it; a refused sign-in may be mended meanwhile. */
function isWorthAnother(error: unknown): boolean {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  return !((code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== undefined && responseCode >= 500)
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: unknown }
  const deeper = cause as (Error & { code?: string }) | undefined
  return shortened(deeper?.message || deeper?.code || message) || 'it failed without a reason'
}
