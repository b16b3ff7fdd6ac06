import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

/** A real Prometheus that holds the given OpenMetrics text; for tests and benches. */
export type TestPrometheus = {
  url: string
  pid: number
  stop: () => Promise<void>
  start: () => Promise<void>
  /** puts this file of rules in the place of the one before */
  load: (rules: string) => Promise<void>
}

const run = promisify(execFile)

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
}

export async function testPrometheus(openMetrics: string, { retention = '10y', scrape }: Options = {}): Promise<TestPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-prometheus-'))
  const jobs = scrape ? [{ job_name: 'test', honor_labels: true, static_configs: [{ targets: [scrape] }] }] : []
  // JSON is YAML.
  const config = { global: { scrape_interval: '50ms', scrape_timeout: '50ms' }, scrape_configs: jobs, rule_files: ['rules.yml'] }
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config))
  if (openMetrics) {
    writeFileSync(join(folder, 'history.om'), openMetrics)
    await run(process.env.PROMTOOL_BIN ?? 'promtool', [
      ...[
        'tsdb',
        'create-blocks-from',
        '--max-block-duration=162h',
        'openmetrics',
        join(folder, 'history.om'),
        join(folder, 'data'),
      ],
    ])
  }
  const port = await freePort()
  const server = { url: `http://127.0.0.1:${port}`, pid: 0 }
  let child: ReturnType<typeof spawn> | undefined
  const start = async () => {
    child = spawn(
      process.env.PROMETHEUS_BIN ?? 'prometheus',
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--storage.tsdb.retention.time=${retention}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=error',
        '--web.enable-lifecycle',
        ...(scrape ? ['--enable-feature=native-histograms'] : []),
      ],
      { stdio: 'ignore' },
    )
    server.pid = child.pid ?? 0
    await ready(`${server.url}/-/ready`)
  }
  const stop = async () => {
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
    stop: async () => {
      await stop()
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
