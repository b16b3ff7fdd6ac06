import { createTransport } from 'nodemailer'
import type { Seconds, UnixSeconds } from '../time-series/units'
import type { ChannelKind, ChannelSettings } from './channel'
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

const LIMIT = 10_000
const FIRST_WORDS = 200
const MOST_PATIENT = 3_600

/** Hands one message over, within a time limit. Never throws: whatever goes wrong is an outcome. */
export async function send(receiver: Receiver, message: Outgoing, mail: MailServer, now: UnixSeconds): Promise<Outcome> {
  try {
    return receiver.kind === 'email' ? await sendMail(receiver, message, mail) : await post(receiver, message, now)
  } catch (error) {
    return { ok: false, detail: reasonOf(error), again: isWorthAnother(error), least: 0 }
  }
}

type Prepared = { url: string; body: string; headers: Record<string, string> }

function requestFor({ kind, settings, secret }: Receiver, message: Outgoing, now: UnixSeconds): Prepared {
  if (kind === 'slack') return { url: settings.url, body: slackBody(message), headers: {} }
  if (kind === 'alertmanager') return { url: alertmanagerUrl(settings.url), body: alertmanagerBody(message), headers: {} }
  const body = webhookBody(message)
  return { url: settings.url, body, headers: secret === null ? {} : { 'x-headroom-signature': signatureOf(secret, body, now) } }
}

async function post(receiver: Receiver, message: Outgoing, now: UnixSeconds): Promise<Outcome> {
  const { url, body, headers } = requestFor(receiver, message, now)
  const { address, authorization } = apart(url)
  const response = await fetch(address, {
    method: 'POST',
    body,
    // Whoever changes the address should know of it; and a redirect must not lead a signed notice elsewhere.
    redirect: 'manual',
    signal: AbortSignal.timeout(LIMIT),
    headers: { 'content-type': 'application/json', 'idempotency-key': message.name, ...authorization, ...headers },
  })
  const { status } = response
  const words = await firstWords(response)
  const detail = `${status} ${response.statusText}`.trim() + (words ? `: ${words}` : '')
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

/** The beginning of an answer, never more: a receiver may answer with a gigabyte. */
async function firstWords(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  let bytes = Buffer.alloc(0)
  while (reader && bytes.length < 4 * FIRST_WORDS) {
    const { done, value } = await reader.read()
    if (done) break
    bytes = Buffer.concat([bytes, value])
  }
  await reader?.cancel().catch(() => {})
  return shortened(bytes.toString('utf8'))
}

const shortened = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('\0', '').trim().slice(0, FIRST_WORDS)

async function sendMail({ settings }: Receiver, message: Outgoing, { url, from }: MailServer): Promise<Outcome> {
  const limits = { connectionTimeout: LIMIT, greetingTimeout: LIMIT, socketTimeout: LIMIT, dnsTimeout: LIMIT }
  const transport = createTransport({ url: url ?? '', ...limits })
  try {
    const { response, rejected = [] } = await transport.sendMail({
      from,
      to: settings.to,
      subject: message.notice.subject,
      messageId: `<${message.name}@${new URL(message.link).hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      text: mailText(message),
      html: mailHtml(message),
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
  const { name, message, cause } = error as Error & { cause?: unknown }
  if (name === 'TimeoutError') return `no answer within ${LIMIT / 1000} s`
  const deeper = cause as (Error & { code?: string }) | undefined
  return shortened(deeper?.message || deeper?.code || message) || 'it failed without a reason'
}
