import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { disconnect, pool } from '../db/client'
import { env } from '../env'
import { startDelivery } from '../notify/deliver'
import { mailServer } from '../notify/mail-server'
import { log } from './log'
import { PollerMetrics } from './metrics'
import { run } from './runner'

/** The poller process: SIGTERM or SIGINT finishes the pass at hand, gives the shards back and ends. */
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())

const metrics = new PollerMetrics()
const { HEADROOM_POLLER_METRICS_PORT: port } = env()
if (port !== undefined) metrics.serve(port)

const portal = env().NEXTAUTH_URL
const delivery = startDelivery({
  ...{ pool: pool(), mail: mailServer(), portal, counts: metrics.delivery, log, signal: stop.signal },
})

try {
  await run({ metrics, pool: pool(), worker: `${hostname()} ${randomUUID()}`, log, signal: stop.signal })
} catch (error) {
  log.fatal({ err: error }, 'the poller cannot go on')
  process.exitCode = 1
} finally {
  stop.abort()
  await delivery
  await disconnect()
}
