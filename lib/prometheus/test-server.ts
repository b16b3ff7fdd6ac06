import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Seconds } from '../time-series/units'
import { blocksFromFile, blocksOf, type TestSeries } from './test-blocks'

/** A real Prometheus that holds what it is given: OpenMetrics text, or series; for tests and benches. */
export type TestPrometheus = {
  url: string
  pid: number
  stop: () => Promise<void>
  start: () => Promise<void>
  /** puts this file of rules in the place of the one before */
  load: (rules: string) => Promise<void>
  /** more of the past, as blocks: it is stopped meanwhile */
  add: (series: TestSeries[]) => Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

type Options = {
  retention?: string
  /** address whose /metrics is scraped, as often as it can be; native histograms are taken in */
  scrape?: string
  /** a rule file */
  rules?: string
  /** seconds after its newest sample at which a series is over */
  lookback?: Seconds
}

export async function testPrometheus(
  history: string | TestSeries[],
  { retention = '10y', scrape, rules, lookback = 300 }: Options = {},
): Promise<TestPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-prometheus-'))
  const jobs = scrape ? [{ job_name: 'test', honor_labels: true, static_configs: [{ targets: [scrape] }] }] : []
  // JSON is YAML.
  const config = {
    global: { scrape_interval: '50ms', scrape_timeout: '50ms' },
    scrape_configs: jobs,
    rule_files: ['rules.yml'],
  }
  if (rules) writeFileSync(join(folder, 'rules.yml'), rules)
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config))
  const data = join(folder, 'data')
  if (typeof history !== 'string') await blocksOf(history, data, folder)
  else if (history) {
    writeFileSync(join(folder, 'history.om'), history)
    await blocksFromFile(join(folder, 'history.om'), data)
  }
  const port = await freePort()
  const server = { url: `http://127.0.0.1:${port}`, pid: 0 }
  let child: ReturnType<typeof spawn> | undefined
  const start = async () => {
    child = spawn(
      process.env.PROMETHEUS_BIN ?? 'prometheus',
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${data}`,
        `--storage.tsdb.retention.time=${retention}`,
        `--web.listen-address=127.0.0.1:${port}`,
        `--query.lookback-delta=${lookback}s`,
        '--log.level=error',
        '--web.enable-lifecycle',
        ...(scrape ? ['--enable-feature=native-histograms'] : []),
      ],
      { stdio: 'ignore' },
    )
    server.pid = child.pid ?? 0
    await ready(`${server.url}/-/ready`)
  }
  const end = async () => {
    const running = child
    child = undefined
    if (!running || running.exitCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGTERM')
    await ended
  }
  await start()
  return {
    get pid() {
      return server.pid
    },
    url: server.url,
    start,
    load: async (rules) => {
      writeFileSync(join(folder, 'rules.yml'), rules)
      const { ok, status } = await fetch(`${server.url}/-/reload`, { method: 'POST' })
      if (!ok) throw new Error(`Prometheus does not take these rules: it answers ${status}.`)
    },
    add: async (series) => {
      await end()
      await blocksOf(series, data, folder)
      await start()
    },
    stop: async () => {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function ready(address: string): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const answered = await fetch(address).then(
      (response) => response.ok,
      () => false,
    )
    if (answered) return
    await wait(200)
  }
  throw new Error(`Prometheus did not become ready at ${address}.`)
}
