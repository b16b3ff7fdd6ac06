import { writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { Failure } from './failure'
import { portLike } from './ports'
import type { Processes } from './processes'
import { brew, fromImage, installPackage, onPath, type Run, run, unpackDebian } from './tools'

export type PrometheusPrograms = { prometheus: string; promtool: string }
type Search = { path?: string; tools?: string; run?: Run }

const IMAGE = 'docker.io/prom/prometheus:v3.5.0'

/** Prometheus and its tool: from PATH, else fetched in the way this system offers, else a sentence. */
export async function findPrometheus(say: (note: string) => void, search: Search = {}): Promise<PrometheusPrograms> {
  const { path = process.env.PATH ?? '', tools = resolve('.headroom', 'tools'), run: runner = run } = search
  const unpacked = join(tools, 'prometheus')
  const places = [path, join(unpacked, 'usr', 'bin'), unpacked].join(delimiter)
  const found = (): PrometheusPrograms | null => {
    const [prometheus, promtool] = [onPath('prometheus', places), onPath('promtool', places)]
    return prometheus && promtool ? { prometheus, promtool } : null
  }
  const ways: [string, () => Promise<unknown>][] = [
    ['on this machine', async () => {}],
    ['from the system packages', () => unpackDebian(runner, 'prometheus', unpacked)],
    ['from the system packages', () => installPackage(runner, ['prometheus', 'golang-github-prometheus'])],
    ['from Homebrew', () => brew(runner, 'prometheus')],
    ['from its container image', () => fromImage(runner, IMAGE, ['/bin/prometheus', '/bin/promtool'], unpacked)],
  ]
  for (const [where, fetch] of ways) {
    say(where)
    await fetch()
    const programs = found()
    if (programs) return programs
  }
  throw new Failure(
    'Prometheus is missing and could not be installed: install it (https://prometheus.io/download) so that prometheus and promtool are on PATH, or set PROMETHEUS_URL to one that runs.',
  )
}

type Embedded = { folder: string; config: string; program: string; previousPort: number | undefined; targets: Target[] }
/** `unnamed`: its series get no labels of the target, and go on where those of its history end */
export type Target = { job: string; address: string; path?: string; unnamed?: boolean }

const without = (label: string, value: string) => ({
  ...{ source_labels: [label], regex: value.replaceAll('.', '\\.'), target_label: label, replacement: '' },
})

const configOf = (targets: Target[]): string => {
  const jobs = targets.map(({ job, address, path = '/metrics', unnamed }) => ({
    job_name: job,
    honor_labels: true,
    metrics_path: path,
    static_configs: [{ targets: [address] }],
    ...(unnamed && { metric_relabel_configs: [without('job', job), without('instance', address)] }),
  }))
  // JSON is YAML.
  // Whatever is put into this folder is evaluated after a reload.
  const rules = { rule_files: ['rules/*.yml'] }
  return JSON.stringify({ global: { scrape_interval: '15s', scrape_timeout: '10s' }, ...rules, scrape_configs: jobs }, null, 2)
}

/** Starts Prometheus on loopback. Returns its address. */
export async function startPrometheus(processes: Processes, { folder, config, program, previousPort, targets }: Embedded) {
  const port = await portLike(previousPort)
  writeFileSync(config, configOf(targets))
  const url = `http://127.0.0.1:${port}`
  processes.start({
    name: 'prometheus',
    command: program,
    args: [
      ...[`--config.file=${config}`, `--storage.tsdb.path=${folder}`, '--storage.tsdb.retention.time=120d'],
      ...[`--web.listen-address=127.0.0.1:${port}`, '--log.level=warn', '--query.max-samples=50000000'],
      ...['--enable-feature=native-histograms', '--web.enable-lifecycle'],
    ],
  })
  await processes.until('prometheus', 120, () => isReady(url))
  return { port, url }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}

/** A source that somebody else runs: answers queries, or a sentence. */
export async function checkSource(url: string): Promise<string> {
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new Failure('PROMETHEUS_URL is not an address: write it like http://prometheus.example:9090.')
  const { host } = new URL(url)
  const wrong = (said: string) =>
    new Failure(`Prometheus at ${host} cannot be used (${said}): start it or correct PROMETHEUS_URL, then try again.`)
  try {
    const response = await fetch(`${url.replace(/\/$/, '')}/api/v1/query?query=1`, { signal: AbortSignal.timeout(8_000) })
    const body = (await response.json().catch(() => null)) as { status?: string } | null
    if (body?.status !== 'success') throw wrong(`it answers ${response.status} without a query result`)
    return host
  } catch (error) {
    if (error instanceof Failure) throw error
    const { cause, message } = error as Error & { cause?: { code?: string } }
    throw wrong(cause?.code ?? message)
  }
}
