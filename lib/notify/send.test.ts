import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Notice } from './notice'
import { LEASE } from './outbox'
import { LIMITS, type Receiver, send } from './send'
import { type HttpSink, httpSink, type SmtpSink, smtpSink } from './sinks-fixture'

let http: HttpSink
let mail: SmtpSink

beforeAll(async () => {
  http = await httpSink()
  mail = await smtpSink()
})
afterAll(async () => {
  await http.close()
  await mail.close()
})

const notice: Notice = {
  ...{ key: 'alert 1 fired', event: 'alert.fired', severity: 'page', at: 1_784_210_000, subject: 'PAGE', body: [], path: '/' },
  ...{ service: null, slo: null, incidentId: null, startsAt: null, endsAt: null, facts: {} },
}
const handed = (kind: Receiver['kind'], limits: Partial<typeof LIMITS> = {}) =>
  send(
    { kind, settings: { url: http.url, to: ['ops@example.org'] }, secret: null },
    { name: 'notice-1-1', notice, link: 'https://headroom.example/' },
    { mail: { url: mail.url, from: 'h@example.org' }, now: notice.at, limits: { ...LIMITS, ...limits } },
  )

it.each(['slack', 'webhook', 'alertmanager'] as const)(
  '%s: what was taken has arrived, however its answer ends',
  async (kind) => {
    http.answer = () => ({ status: 200, body: 'ok', breaks: 'cut' })
    expect(await handed(kind)).toMatchObject({ ok: true, detail: expect.stringContaining('200 OK') })
    http.answer = () => ({ status: 200, body: 'ok', breaks: 'hangs' })
    expect(await handed(kind, { words: 20 })).toMatchObject({ ok: true, detail: expect.stringContaining('200 OK') })
    http.answer = () => ({ status: 404, body: 'none', breaks: 'cut' })
    expect(await handed(kind)).toMatchObject({ ok: false, again: false, detail: expect.stringContaining('404 Not Found') })
  },
)

it('of an answer the first words of Slack are kept, and of others the status alone', async () => {
  http.answer = () => ({ status: 403, body: `no\nsuch hook ${'x'.repeat(5_000)}` })
  expect((await handed('slack')).detail).toMatch(/^403 Forbidden: no such hook x{100,200}$/)
  for (const kind of ['webhook', 'alertmanager'] as const) expect((await handed(kind)).detail).toBe('403 Forbidden')
})

it('whoever does not answer at all is left, and asked again', async () => {
  http.answer = () => null
  expect(await handed('webhook', { http: 50 })).toEqual({ ok: false, again: true, least: 0, detail: 'no answer within 0.05 s' })
  mail.mute = true
  expect(await handed('email', { mail: 500 })).toEqual({ ok: false, again: true, least: 0, detail: 'no answer within 0.5 s' })
  mail.mute = false
  expect(await handed('email')).toMatchObject({ ok: true })
})

it('a hand-over ends before its lease does, and a mail server has time to search what it got', () => {
  expect(Math.max(LIMITS.mail, LIMITS.http + LIMITS.words) + 20_000).toBeLessThan(LEASE * 1000)
  expect(LIMITS.connect + LIMITS.silence).toBeLessThan(LIMITS.mail)
  expect(LIMITS.silence).toBeGreaterThanOrEqual(120_000)
})
