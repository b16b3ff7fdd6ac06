import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bucketOf, NATIVE_TYPE, nativeExposition, upperBoundOf } from '../demo/native-exposition'
import { prometheusClient } from '../prometheus/client'
import { freePort, type TestPrometheus, testPrometheus } from '../prometheus/test-server'
import type { Indicator } from '../slo/indicator'
import { type Accounting, planOf, type SourcePlan } from '../slo/measurement-plan'
import { oneShotOf } from '../slo/one-shot'
import { floorTo, MINUTE, toUnix } from '../time-series/units'
import { seeded } from './known-truth'
import { measure } from './measure'

const STEP = 15
const LENGTH = 40 * MINUTE
/** A scrape may be an hour old at most: this is a history of its own, told as fast as it is asked for. */
const FROM = floorTo(toUnix(new Date()) - 45 * MINUTE, MINUTE)
const RESTART = FROM + 22 * MINUTE
const EVENTS: Accounting = { method: 'occurrences', sliceTarget: null }

/** Every duration that is observed, so that a bound's share can be counted. */
const observed: { at: number; seconds: number }[] = []
let prometheus: TestPrometheus
let server: Server

function scrapes(): Buffer[] {
  const random = seeded(3)
  const told: Buffer[] = []
  let buckets = new Map<number, number>()
  for (let at = FROM; at <= FROM + LENGTH; at += STEP) {
    if (at === RESTART) buckets = new Map()
    for (let i = 0; i < 200; i += 1) {
      const seconds = 0.02 * (1 / (1 - random() * 0.9995)) ** 0.6
      observed.push({ at, seconds })
      buckets.set(bucketOf(seconds), (buckets.get(bucketOf(seconds)) ?? 0) + 1)
    }
    told.push(nativeExposition('taken_seconds', [{ labels: { service: 'api' }, buckets, sum: 1, at: at * 1000 }]))
  }
  return told
}

const latency = (thresholdSeconds: number): Indicator => ({
  kind: 'latency',
  histogram: { metric: 'taken_seconds', matchers: [{ label: 'service', op: '=', value: 'api' }] },
  thresholdSeconds,
  native: true,
})
const countBetween = (from: number, to: number, bound: number) => {
  const within = observed.filter(({ at }) => at > from && at <= to)
  return { total: within.length, good: within.filter(({ seconds }) => seconds <= bound).length }
}
async function measured(bound: number, from: number, to: number) {
  const source = { client: prometheusClient({ url: prometheus.url }), dialect: 'prometheus' as const }
  const slo = { id: 1, plan: planOf(latency(bound)) as SourcePlan, accounting: EVENTS }
  const { readings, refused } = await measure(source, [slo], { from, to, step: MINUTE })
  expect([...refused]).toEqual([])
  const slots = readings.get(1) ?? []
  expect(slots.every(Boolean)).toBe(true)
  return slots.reduce((sum, slot) => ({ good: sum.good + (slot?.good ?? 0), total: sum.total + (slot?.total ?? 0) }), {
    good: 0,
    total: 0,
  })
}

beforeAll(async () => {
  const waiting = scrapes()
  const port = await freePort()
  server = createServer((request, response) => {
    expect(request.headers.accept).toContain('application/vnd.google.protobuf')
    response.writeHead(200, { 'content-type': NATIVE_TYPE }).end(waiting.shift() ?? '')
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  prometheus = await testPrometheus('', { scrape: `127.0.0.1:${port}` })
  for (let waited = 0; waiting.length > 0 && waited < 600; waited += 1) await wait(100)
  await wait(300)
}, 90_000)
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await prometheus.stop()
})

describe('a native histogram', () => {
  it.each([0.05, 0.1, 0.25, 1])('counts what took at most %d s, to the width of its bucket', async (bound) => {
    const [from, to] = [FROM + 2 * MINUTE, FROM + 20 * MINUTE]
    const found = await measured(bound, from, to)
    const counted = countBetween(from, to, bound)
    expect(found.total).toBeCloseTo(counted.total, 6)
    // Inside the one bucket that holds the bound, the share is interpolated.
    const bucket = bucketOf(bound)
    const [below, above] = [upperBoundOf(bucket - 1), upperBoundOf(bucket)].map((edge) => countBetween(from, to, edge).good)
    expect(found.good).toBeGreaterThanOrEqual((below ?? 0) - 0.01)
    expect(found.good).toBeLessThanOrEqual((above ?? 0) + 0.01)
    expect(Math.abs(found.good - counted.good) / counted.total).toBeLessThan(0.01)
  })

  it('is exact at a bound of its own', async () => {
    const [from, to] = [FROM + 2 * MINUTE, FROM + 20 * MINUTE]
    const bound = upperBoundOf(-24)
    expect(bound).toBe(0.125)
    expect((await measured(bound, from, to)).good).toBeCloseTo(countBetween(from, to, bound).good, 3)
  })

  it('begins anew after a restart', async () => {
    const [from, to] = [FROM + 2 * MINUTE, FROM + 38 * MINUTE]
    const found = await measured(0.125, from, to)
    const counted = countBetween(from, to, 0.125)
    expect(Math.abs(found.total - counted.total) / counted.total).toBeLessThan(0.025)
    expect(Math.abs(found.good / found.total - counted.good / counted.total)).toBeLessThan(0.001)
  })

  it('agrees with the question somebody would ask by hand', async () => {
    const to = FROM + 20 * MINUTE
    const shot = oneShotOf(planOf(latency(0.125)) as SourcePlan, EVENTS, 15 * MINUTE, 'prometheus')
    if (shot.shape !== 'events') throw new Error('Events are counted.')
    const client = prometheusClient({ url: prometheus.url })
    const [part] = await client.instant(shot.partQuery, to)
    const [total] = await client.instant(shot.totalQuery, to)
    const counted = countBetween(to - 15 * MINUTE, to, 0.125)
    expect((part?.value ?? 0) / (total?.value ?? 1)).toBeCloseTo(counted.good / counted.total, 2)
  })
})
