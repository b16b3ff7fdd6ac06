import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WORKBOOK } from '../lib/alert/presets'
import { sloDefinitionSchema } from '../lib/slo/definition-input'
import { opensloFiles } from '../lib/slo-as-code/openslo/write'
import type { Portable, PortableSlo } from '../lib/slo-as-code/portable'
import { root } from '../scripts/bootstrap.mjs'
import { percentile, round } from './numbers'

/** The command line as people wait for it: whole processes, from the shell's point of view. */

const SERVICES = 100
const EACH = 10
const TURNS = 5

/** as people write it: no annotations, one alert for page and ticket each */
const sloth = (job: string, i: number): string => `  - name: answers-${i}
    objective: 99.${i}
    description: Requests are answered.
    sli:
      events:
        error_query: sum(rate(http_requests_total{job="${job}",route="/${i}",code=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total{job="${job}",route="/${i}"}[{{.window}}]))
    alerting:
      name: Answers${i}
      page_alert: {labels: {severity: page}}
      ticket_alert: {labels: {severity: ticket}}
`

function sloOf(service: string, i: number): PortableSlo {
  const definition = sloDefinitionSchema.parse({
    ...{ name: `Answers ${i}`, slug: `answers-${i}`, service, dataSource: 'prometheus', target: 0.999, gating: true },
    description: 'Requests are answered.',
    indicator: { kind: 'availability', requests: `http_requests_total{job="${service}",route="/${i}"}`, failed: 'code=~"5.."' },
    window: { kind: 'rolling', days: 30 },
  })
  return { definition, alerting: WORKBOOK.settings, scrapeSeconds: 15, links: { runbook: null, dashboard: null } }
}

function fleet(): Portable {
  const services = Array.from({ length: SERVICES }, (_, i) => `service-${i}`)
  return {
    services: services.map((slug) => ({ slug, name: slug, description: '', labels: {}, dependencies: [] })),
    slos: services.flatMap((service) => Array.from({ length: EACH }, (_, i) => sloOf(service, i))),
  }
}

/** Median wall time of a whole process that writes to a file. Milliseconds. */
function timed(out: string, args: string[]): number {
  const command = [join(root, 'cli', 'headroom.mjs'), ...args]
  const times = Array.from({ length: TURNS }, () => {
    const file = openSync(out, 'w')
    const began = performance.now()
    const { status, stderr } = spawnSync(process.execPath, command, { stdio: ['ignore', file, 'pipe'], encoding: 'utf8' })
    const took = performance.now() - began
    closeSync(file)
    if (status !== 0) throw new Error(`headroom ${args[0]} ended with ${status}: ${stderr.slice(0, 500)}`)
    return took
  })
  return round(percentile(times, 0.5), 0)
}

export type DefinitionFigures = ReturnType<typeof measureDefinitions>

export function measureDefinitions() {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-bench-files-'))
  try {
    for (const name of ['openslo', 'sloth']) mkdirSync(join(folder, name))
    for (const { name, text } of opensloFiles(fleet())) writeFileSync(join(folder, 'openslo', name), text)
    for (let i = 0; i < SERVICES; i++) {
      const slos = Array.from({ length: EACH }, (_, j) => sloth(`service-${i}`, j)).join('')
      writeFileSync(join(folder, 'sloth', `${i}.yaml`), `version: prometheus/v1\nservice: service-${i}\nslos:\n${slos}`)
    }
    const [openslo, other] = [join(folder, 'openslo'), join(folder, 'sloth')]
    const command = (...args: string[]) => timed(join(folder, 'out'), args)
    // The first start makes the bundle.
    command('--version')
    return {
      slos: SERVICES * EACH,
      versionMilliseconds: command('--version'),
      ...{ lintMilliseconds: command('lint', openslo), lintSlothMilliseconds: command('lint', other) },
      /** reads and checks as lint does, and writes rules */
      ...{ rulesMilliseconds: command('rules', openslo), convertMilliseconds: command('convert', other) },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
