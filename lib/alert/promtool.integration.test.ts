import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { AlertPair } from '../slo/alert-pair'
import { DAY, HOUR, MINUTE, type Seconds } from '../time-series/units'
import { type AlertPolicy, alertPairs } from './alert-policy'
import { TWO_TIER, WORKBOOK } from './presets'
import { runEngine } from './simulated-fixture'

/** The same policy as rules of Prometheus, over the same traffic, says the same within one step. */
const run = promisify(execFile)
const promtool = process.env.PROMTOOL_BIN ?? 'promtool'
const PER_SECOND = 10
const TARGET = 0.999

/** The policy's pair as a person would write it down for Prometheus. */
function ruleOf({ long, short, threshold, minFailures, for: hold, severity }: AlertPair, keepFiring: Seconds): string {
  const burn = (length: Seconds) => `(rate(bad[${length}s]) / rate(all[${length}s])) / ${(1 - TARGET).toFixed(3)}`
  return [
    `  - alert: over_${long}`,
    `    expr: ${burn(long)} >= ${threshold} and ${burn(short)} >= ${threshold} and increase(bad[${long}s]) >= ${minFailures}`,
    `    for: ${hold}s`,
    `    keep_firing_for: ${keepFiring}s`,
    `    labels: { severity: ${severity} }`,
  ].join('\n')
}

type Expectation = { at: Seconds; fires: boolean }
type Outage = { share: number; outage: Seconds; step: Seconds }

function testOf(
  pair: AlertPair,
  { share, outage, step }: Outage,
  clean: Seconds,
  until: Seconds,
  expected: Expectation[],
): string {
  return [
    'rule_files: [rules.yml]',
    `evaluation_interval: ${step}s`,
    'tests:',
    `- interval: ${step}s`,
    '  input_series:',
    `  - series: all`,
    `    values: '1000000+${PER_SECOND * step}x${(clean + until) / step}'`,
    `  - series: bad`,
    `    values: '${badValues(share, step, clean, outage, until)}'`,
    '  alert_rule_test:',
    ...expected.flatMap(({ at, fires }) => [
      `  - eval_time: ${clean + at}s`,
      `    alertname: over_${pair.long}`,
      `    exp_alerts: ${fires ? `[{ exp_labels: { severity: ${pair.severity} } }]` : '[]'}`,
    ]),
  ].join('\n')
}

/** A counter that stands, grows during the outage, and stands again. */
function badValues(share: number, step: Seconds, clean: Seconds, outage: Seconds, until: Seconds): string {
  const each = share * PER_SECOND * step
  const start = 1_000_000
  const end = start + each * (outage / step)
  const rest = (until - outage) / step
  return [
    `${start}+0x${clean / step}`,
    `${start + each}+${each}x${outage / step - 1}`,
    rest > 0 ? `${end}+0x${rest - 1}` : '',
  ].join(' ')
}

async function agrees(
  policy: AlertPolicy,
  pair: AlertPair,
  outage: Outage,
): Promise<{ fired: Seconds | null; ended: Seconds | null }> {
  const { step } = outage
  const until = Math.ceil((outage.outage + pair.short + policy.keepFiring + 10 * step) / step) * step
  const { told } = runEngine({ policy, ...outage, perSecond: PER_SECOND }, until, step)
  const at = (kind: string) => told.find((event) => event.kind === kind && event.long === pair.long)?.at ?? null
  const [fired, ended] = [at('fired'), at('resolved')]
  const expected: Expectation[] =
    fired === null
      ? Array.from({ length: Math.floor(until / step / 4) }, (_, i) => ({ at: i * 4 * step, fires: false }))
      : [
          { at: fired - 2 * step, fires: false },
          { at: fired + step, fires: true },
          ...(ended === null
            ? []
            : [
                { at: ended - 2 * step, fires: true },
                { at: ended + step, fires: false },
              ]),
        ].filter(({ at: instant, fires }) => instant >= 0 && !(fires && ended !== null && instant >= ended))
  const folder = await mkdtemp(join(tmpdir(), 'headroom-rules-'))
  try {
    const rules = ['groups:', '- name: burn', '  rules:', ruleOf(pair, policy.keepFiring)].join('\n')
    await writeFile(join(folder, 'rules.yml'), rules)
    const clean = pair.long + 10 * step
    await writeFile(join(folder, 'test.yml'), testOf(pair, outage, clean, until, expected))
    const { stdout } = await run(promtool, ['test', 'rules', 'test.yml'], { cwd: folder, maxBuffer: 1e8 }).catch(
      (error: { stdout: string; stderr: string }) => ({ stdout: `${error.stdout}${error.stderr}` }),
    )
    expect(stdout).toContain('SUCCESS')
  } finally {
    await rm(folder, { recursive: true })
  }
  return { fired, ended }
}

const pairOf = (policy: AlertPolicy, long: Seconds) =>
  alertPairs(policy, 30 * DAY).find((pair) => pair.long === long) as AlertPair

describe('promtool test rules', () => {
  const policy = WORKBOOK.settings
  it.each<[what: string, long: Seconds, outage: Outage, fired: Seconds | null]>([
    ['a total outage of ten minutes', HOUR, { share: 1, outage: 600, step: 15 }, 60],
    ['the same, six hours', 6 * HOUR, { share: 1, outage: 600, step: 15 }, 135],
    ['15 % for an hour', HOUR, { share: 0.15, outage: HOUR, step: 15 }, 360],
    ['15 % for an hour, six hours', 6 * HOUR, { share: 0.15, outage: HOUR, step: 15 }, 870],
    ['5 % for two hours', HOUR, { share: 0.05, outage: 2 * HOUR, step: 15 }, 1_050],
    ['5 % for two hours, six hours', 6 * HOUR, { share: 0.05, outage: 2 * HOUR, step: 15 }, 2_595],
    ['1 % for five hours never pages over one hour', HOUR, { share: 0.01, outage: 5 * HOUR, step: MINUTE }, null],
    ['1 % for five hours', 6 * HOUR, { share: 0.01, outage: 5 * HOUR, step: MINUTE }, 216 * MINUTE],
    ['a total outage of ten minutes, a day', 24 * HOUR, { share: 1, outage: 600, step: MINUTE }, 300],
    ['5 % for two hours, three days', 72 * HOUR, { share: 0.05, outage: 2 * HOUR, step: MINUTE }, 5_220],
    ['45 s of outage', HOUR, { share: 1, outage: 45, step: 15 }, null],
  ])('%s', async (_what, long, outage, expected) => {
    const { fired, ended } = await agrees(policy, pairOf(policy, long), outage)
    expect(fired === null ? null : Math.abs(fired - (expected ?? 0)) <= outage.step).toBe(expected === null ? null : true)
    expect(ended === null).toBe(fired === null)
  })

  it('waits and ends as the two tiers ask', async () => {
    const outage = { share: 1, outage: 40 * MINUTE, step: 15 }
    expect(await agrees(TWO_TIER.settings, pairOf(TWO_TIER.settings, HOUR), outage)).toMatchObject({ fired: 60 + 120 })
    expect(await agrees(TWO_TIER.settings, pairOf(TWO_TIER.settings, 6 * HOUR), outage)).toMatchObject({ fired: 75 + 900 })
  })

  it('sees the difference when the rule is another one', async () => {
    const pair = { ...pairOf(policy, HOUR), threshold: 30 }
    await expect(agrees(policy, pair, { share: 1, outage: 600, step: 15 })).rejects.toThrow(/FAILED/)
  })
})
