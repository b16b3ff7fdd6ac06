import { type ChildProcess, spawn } from 'node:child_process'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pool } from '../db/client'
import { testDatabase } from '../db/test-database'
import { toUnix } from '../time-series/units'
import { deliverDue } from './deliver'
import { enqueue } from './enqueue'
import type { Notice } from './notice'
import { LEASE } from './outbox'
import { type HttpSink, httpSink } from './sinks-fixture'

/** Poller processes are killed in the middle of a notice; another one finishes it, under the same name. */

let database: Awaited<ReturnType<typeof testDatabase>>
let http: HttpSink
const started: ChildProcess[] = []

beforeAll(async () => {
  database = await testDatabase()
  http = await httpSink()
})
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL')
  await http.close()
  await database.drop()
})
beforeEach(async () => {
  await pool().query('TRUNCATE channel RESTART IDENTITY CASCADE')
  http.received.length = 0
  http.answer = () => ({ status: 200 })
})

const NOTICE: Notice = {
  ...{ key: 'alert 1 fired', event: 'alert.fired', severity: 'page', at: 1_784_210_000, subject: 'PAGE', body: [], path: '/' },
  ...{ service: null, slo: null, incidentId: null, startsAt: null, endsAt: null, facts: {} },
}

async function waiting(url: string): Promise<void> {
  await pool().query(`INSERT INTO channel (name, kind, settings) VALUES ('Hook', 'slack', $1)`, [{ url }])
  await pool().query('INSERT INTO notification_route (channel_id) VALUES (1)')
  await enqueue(pool(), NOTICE)
}

function poller(): { child: ChildProcess; ended: Promise<unknown> } {
  const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'lib/poller/start.ts'], {
    env: { ...process.env, DATABASE_URL: database.url, LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  })
  started.push(child)
  return { child, ended: new Promise((resolve) => child.once('exit', resolve)) }
}

const state = async () => (await pool().query('SELECT state::text, attempts FROM outbox_message')).rows

/** What a sender that comes after the lease of the dead does. */
const another = (later: number) =>
  deliverDue({
    ...{ pool: pool(), clock: () => toUnix(new Date()) + later, portal: 'https://headroom.example' },
    mail: { url: null, from: '' },
  })

describe('a sender that is killed', () => {
  it('after claiming and before sending has lost nothing', async () => {
    const { child, ended } = poller()
    // Whoever connects is killed before a byte of the notice is read.
    const trap: Server = createServer((socket) => {
      child.kill('SIGKILL')
      socket.destroy()
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => trap.once('listening', resolve))
    await waiting(`http://127.0.0.1:${(trap.address() as AddressInfo).port}`)
    await ended
    await new Promise((resolve) => trap.close(resolve))
    expect(await state()).toEqual([{ state: 'sending', attempts: 1 }])
    await pool().query(`UPDATE channel SET settings = jsonb_build_object('url', $1::text)`, [http.url])
    await another(0)
    expect(http.received).toHaveLength(0)
    await another(LEASE + 1)
    await another(2 * LEASE)
    expect(http.received).toHaveLength(1)
    expect(await state()).toEqual([{ state: 'sent', attempts: 2 }])
  })

  it('after sending and before noting it sends again under the same name', async () => {
    const { child, ended } = poller()
    http.answer = () => {
      child.kill('SIGKILL')
      return null
    }
    await waiting(http.url)
    await ended
    expect(await state()).toEqual([{ state: 'sending', attempts: 1 }])
    http.answer = () => ({ status: 200 })
    await another(LEASE + 1)
    await another(2 * LEASE)
    const names = http.received.map(({ headers }) => headers['idempotency-key'])
    expect(names).toEqual([names[0], names[0]])
    expect(names[0]).toMatch(/^notice-1-\d+$/)
    expect(await state()).toEqual([{ state: 'sent', attempts: 2 }])
  })

  it('by a signal finishes what it has in hand', async () => {
    const { child, ended } = poller()
    http.answer = () => {
      child.kill('SIGTERM')
      return { status: 200 }
    }
    await waiting(http.url)
    await ended
    expect(await state()).toEqual([{ state: 'sent', attempts: 1 }])
    expect(http.received).toHaveLength(1)
  })
})
