import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestSeries } from '../prometheus/test-blocks'
import { LAG } from '../prometheus-rules/names'
import { renderRules } from '../prometheus-rules/render'
import type { RuleGroup } from '../prometheus-rules/rule'
import type { Fired } from './alert-truth'
import type { Span } from './counted'

const run = promisify(execFile)
const LENGTHS: Record<string, number> = { '1h': 3600, '6h': 21_600, '24h': 86_400, '72h': 259_200 }
const FIRING = 'ALERTS{alertname="SLOBudgetBurn",alertstate="firing"}'

/**
 * promtool evaluates at whole minutes, and rules count what ended LAG before: to be judged by whole minutes of events, those happen
 * this much later for it, and a minute later it says what there is to say.
 */
const SHIFT = 60 - LAG
/** In this step every sample has its place, shifted or not. */
const stepOf = (scrape: number): number => (scrape % LAG === 0 ? LAG : 15)

type Judged = { groups: RuleGroup[]; series: TestSeries[]; scrape: number; begins: number; judged: Span }

/**
 * Spans in which alerts of a rule file fire: `promtool test rules` runs its groups as Prometheus does, in order, with `for` and
 * `keep_firing_for`. Tests that expect nothing make it say what it finds, minute by minute.
 */
export async function firedByRules({ groups, series, scrape, begins, judged: [after, to] }: Judged): Promise<Fired[]> {
  const minutes = Array.from({ length: (to - after) / 60 }, (_, i) => after + 60 * (i + 1))
  const asked = [
    ...minutes.map((at) => ({ expr: FIRING, eval_time: `${at - begins + 60}s` })),
    // Rules that were not evaluated at all would say nothing either.
    { expr: 'count(headroom:slo_target)', eval_time: `${to - begins + 60}s` },
  ]
  const test = {
    rule_files: ['rules.yml'],
    evaluation_interval: '60s',
    tests: [
      {
        interval: `${stepOf(scrape)}s`,
        input_series: series.map((one) => ({ series: one.name, values: valuesOf(one, { scrape, begins, to }) })),
        promql_expr_test: asked,
      },
    ],
  }
  const said = await promtool(renderRules(groups, 'prometheus'), JSON.stringify(test))
  const found = readSaid(said)
  if (!found.some(({ name }) => name !== 'ALERTS')) throw new Error(`The rules were not evaluated: ${said.trim().slice(-2_000)}`)
  return spans(
    found
      .filter(({ name }) => name === 'ALERTS')
      .map(({ labels, at }) => ({ long: LENGTHS[labels.long ?? ''] ?? 0, at: begins + at - 60 })),
    to,
  )
}

/** Values at every step from the beginning; a scrape that failed ends the series until the next. */
function valuesOf({ at, values }: TestSeries, { scrape, begins, to }: { scrape: number; begins: number; to: number }): string {
  const byStep = new Map(at.map((ts, i) => [(ts - begins) / scrape, values[i]]))
  const between = Array.from({ length: scrape / stepOf(scrape) - 1 }, () => '_')
  const text = Array.from({ length: SHIFT / stepOf(scrape) }, () => '_')
  for (let step = 0; step <= (to - begins) / scrape; step += 1)
    text.push(String(byStep.get(step) ?? (byStep.has(step - 1) ? 'stale' : '_')), ...between)
  return text.join(' ')
}

async function promtool(rules: string, test: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-alerts-'))
  try {
    await writeFile(join(folder, 'rules.yml'), rules)
    await writeFile(join(folder, 'test.yml'), test)
    const options = { cwd: folder, maxBuffer: 1e9 }
    return await run(process.env.PROMTOOL_BIN ?? 'promtool', ['test', 'rules', 'test.yml'], options).then(
      ({ stdout, stderr }) => stdout + stderr,
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

type Said = { name: string; labels: Record<string, string>; at: number }

/** What promtool found where nothing was expected: braces with labels, whatever a version writes around them. */
function readSaid(text: string): Said[] {
  return [...text.matchAll(/time: ([\ddhms.]+),\s+exp:\s*"?nil"?\s+got:(.*)/g)].flatMap(([, time = '', got = '']) =>
    [...got.matchAll(/(\w*)\{([^}]*)\}/g)].map(([, name = '', inside = '']) => {
      const labels = Object.fromEntries(
        [...inside.matchAll(/(\w+)=\\?"(.*?)\\?"/g)].map(([, key = '', value = '']) => [key, value]),
      )
      return { name: labels.__name__ ?? name, labels, at: secondsOf(time) }
    }),
  )
}

const UNITS: Record<string, number> = { d: 86_400, h: 3600, m: 60, s: 1 }
const secondsOf = (time: string): number =>
  [...time.matchAll(/(\d+)([dhms])/g)].reduce((sum, [, count, unit = 's']) => sum + Number(count) * (UNITS[unit] ?? 0), 0)

/** Minutes in a row are one span; it ends at the first minute without. */
function spans(firing: { long: number; at: number }[], to: number): Fired[] {
  const found: Fired[] = []
  for (const { long, at } of [...firing].sort((a, b) => a.at - b.at)) {
    const open = found.find((span) => span.long === long && span.to === at)
    if (open) open.to = at + 60
    else found.push({ long, from: at, to: at + 60 })
  }
  return found.map((span) => (span.to !== null && span.to > to ? { ...span, to: null } : span))
}
