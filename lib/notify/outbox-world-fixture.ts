import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Actor } from '../auth/actor'
import { pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { toUnix } from '../time-series/units'
import { newChannelSchema } from './channel'
import { createChannel } from './commands'
import { type Delivery, deliverDue } from './deliver'
import type { Notice } from './notice'
import { listOutbox } from './reads-outbox'
import { type HttpSink, httpSink, type SmtpSink, smtpSink } from './sinks-fixture'

export const OWNER: Actor = {
  type: 'user',
  id: '6f9b1c1e-8f1a-4c57-9a25-000000000001',
  name: 'Sofia',
  email: 's@example.org',
  role: 'slo_owner',
}
export const ENGINEER: Actor = { ...OWNER, name: 'Emil', role: 'engineer' }
export const VIEWER: Actor = { ...OWNER, name: 'Vera', role: 'viewer' }
export const SECRET = 'a secret of the receiver'

export let database: Awaited<ReturnType<typeof testDatabase>>
export let http: HttpSink
export let mail: SmtpSink
/** `passed`: seconds that have passed for the sender */
export const sender = { passed: 0, delivery: {} as Delivery }
export const clock = () => toUnix(new Date()) + sender.passed

/** To be called by each file of tests that uses it. */
export function outboxWorld(): void {
  beforeAll(async () => {
    database = await testDatabase()
    http = await httpSink()
    mail = await smtpSink()
  })
  afterAll(async () => {
    await http.close()
    await mail.close()
    await database.drop()
  })
  beforeEach(async () => {
    await pool().query('TRUNCATE channel RESTART IDENTITY CASCADE')
    http.received.length = 0
    mail.received.length = 0
    http.answer = () => ({ status: 200, body: 'ok' })
    mail.refuse = () => null
    sender.passed = 1
    sender.delivery = {
      ...{ pool: pool(), clock, portal: 'https://headroom.example/' },
      mail: { url: mail.url, from: 'Headroom <h@example.org>' },
    }
  })
}

export const notice = (change: Partial<Notice> = {}): Notice => ({
  ...{
    key: 'alert 1 fired',
    event: 'alert.fired',
    severity: 'page',
    at: 1_784_210_000,
    subject: 'PAGE Checkout · Orders 14.89×',
  },
  ...{ body: ['It burns.'], path: '/incidents/12', incidentId: 12, startsAt: 1_784_209_900, endsAt: null, facts: {} },
  service: { slug: 'checkout-api', name: 'Checkout', tier: 'critical', team: 'payments' },
  slo: { id: 7, slug: 'orders-placed', name: 'Orders placed' },
  ...change,
})
export const resolved = (change: Partial<Notice> = {}) =>
  notice({ ...{ key: 'alert 1 resolved', event: 'alert.resolved', endsAt: 1_784_213_600, subject: 'RESOLVED' }, ...change })
export const made = async (input: Record<string, unknown>) =>
  (await createChannel(OWNER, newChannelSchema.parse({ name: `${input.kind} ${Math.floor(sender.passed * 10)}`, ...input }))).id
export const webhook = (change: Record<string, unknown> = {}) =>
  made({ kind: 'webhook', name: 'Hook', url: `${http.url}/hook`, secret: SECRET, ...change })
export const messages = async () => (await listOutbox(OWNER, { limit: 100 })).items.toReversed()
export const states = async () => (await messages()).map(({ state }) => state)
export const run = () => deliverDue(sender.delivery)
