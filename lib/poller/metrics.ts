import { createServer, type Server } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { DeliveryCounts } from '../notify/deliver'
import type { TickReport } from './tick'

const SECONDS = [0.03, 0.1, 0.3, 1, 3, 10, 30]

/** What one poller counts; its own process shows it, because the web process knows nothing of ticks. */
export class PollerMetrics {
  private readonly registry = new Registry()
  private readonly registers = [this.registry]
  private readonly ticks = this.counter('ticks_total', 'Passes over a shard at one aligned minute.')
  private readonly evaluations = this.counter('evaluations_total', 'SLOs evaluated in these passes.')
  private readonly queries = this.counter('source_queries_total', 'Questions to sources in these passes.')
  private readonly unanswered = this.counter('source_failures_total', 'Passes in which a source did not answer.')
  private readonly failed = this.counter('failed_passes_total', 'Passes that ended with a fault and are tried again.')
  private readonly duration = this.histogram('tick_duration_seconds', 'Length of a pass.')
  private readonly database = this.histogram('tick_database_seconds', 'Writing transactions of a pass.')

  private readonly waiting = new Gauge({
    ...{ name: 'headroom_poller_notices_waiting', help: 'Notices in the outbox that are not out yet.' },
    registers: this.registers,
  })
  private readonly notices = new Counter({
    ...{ name: 'headroom_poller_notices_total', help: 'Attempts to send a notice, by what became of it.' },
    ...{ labelNames: ['outcome'], registers: this.registers },
  })
  readonly delivery: DeliveryCounts = {
    waiting: (count) => this.waiting.set(count),
    settled: (outcome, count) => this.notices.inc({ outcome }, count),
  }

  constructor() {
    collectDefaultMetrics({ register: this.registry })
  }

  ticked(report: Omit<TickReport, 'at'>, seconds: number): void {
    this.ticks.inc()
    this.evaluations.inc(report.evaluated)
    this.queries.inc(report.queries)
    this.unanswered.inc(report.unavailable.length)
    this.duration.observe(seconds)
    this.database.observe(report.databaseMilliseconds / 1_000)
  }

  passFailed(): void {
    this.failed.inc()
  }

  text(): Promise<string> {
    return this.registry.metrics()
  }

  /** Shows the numbers at /metrics of a port, on loopback unless said otherwise. */
  serve(port: number, host = '127.0.0.1'): Server {
    const server = createServer(async (request, response) => {
      if (request.url !== '/metrics') return response.writeHead(404).end('The metrics are at /metrics.\n')
      response.writeHead(200, { 'content-type': this.registry.contentType }).end(await this.text())
    })
    return server.listen(port, host).unref()
  }

  private counter(name: string, help: string) {
    return new Counter({ name: `headroom_poller_${name}`, help, registers: this.registers })
  }

  private histogram(name: string, help: string) {
    return new Histogram({ name: `headroom_poller_${name}`, help, buckets: SECONDS, registers: this.registers })
  }
}
