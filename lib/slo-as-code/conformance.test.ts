import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { DeclaredSlo } from './declared'
import type { Fault } from './fault'
import { opensloOf } from './openslo/write'
import { portableOf } from './portable'
import { readFiles } from './read-files'

/** Files of other projects with the verdicts of their own tools; they lie beside the project, and may be absent. */

const shared = process.env.HEADROOM_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url))
const folder = join(shared, 'conformance')
const there = existsSync(folder)
if (!there) process.stderr.write(`Conformance is not tested: there is no ${folder}. Set HEADROOM_SHARED.\n`)

const readOne = (name: string) => readFiles([{ name, content: readFileSync(join(folder, name)) }], { whole: false })
const filesIn = (name: string): string[] =>
  there
    ? readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).filter((path) => /\.(ya?ml|json)$/.test(path))
    : []

function verdictOf(faults: Fault[]): string {
  const errors = faults.filter(({ severity }) => severity === 'error')
  if (errors.some(({ stage }) => stage === 'text' || stage === 'decode')) return 'DECODE'
  if (errors.length > 0) return 'INVALID'
  return faults.some(({ reason }) => reason.includes('is read as far as')) ? 'SKIP-V' : 'VALID'
}

/** "SLO 'x': spec.a: words | spec.b 'y': words; Service 'z': …" names the properties. */
const propertiesOf = (reason: string): string[] =>
  reason.split(/ \| |; /).map((part) => part.replace(/^\w+ '[^']*': /, '').replace(/( '[^']*')?: .*$/, ''))

const verdicts = there
  ? readFileSync(join(folder, 'openslo/verdicts.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t') as [string, string, string])
  : []

describe.skipIf(!there)('OpenSLO', () => {
  it('has a verdict for every file', () => expect(filesIn('openslo').sort()).toEqual(verdicts.map(([, file]) => file).sort()))
  it.each(verdicts)('%s %s', (verdict, file, reason) => {
    const { faults } = readOne(`openslo/${file}`)
    expect(verdictOf(faults)).toBe(verdict)
    if (verdict !== 'INVALID') return
    const named = faults.filter(({ severity }) => severity === 'error').map(({ path }) => path)
    expect(named.sort()).toEqual(propertiesOf(reason).sort())
  })
})

/** What is left of an SLO when everything is as usual is not worth a line. */
const brief = ({ slug, target, window, indicator, grouping }: DeclaredSlo) =>
  [slug, target, 'days' in window ? window.days : window.unit, indicator?.kind, ...grouping].join(' ')

describe.skipIf(!there)('Sloth, Pyrra and slo-generator', () => {
  it.each([
    ['sloth/in/getting-started.yml', ['requests-availability 0.999 30 bad-total']],
    ['sloth/in/home-wifi.yml', ['good-wifi-client-satisfaction 0.95 30 ratio', 'risk-wifi-client-satisfaction 0.999 30 ratio']],
    ['sloth/in/k8s-getting-started.yml', ['requests-availability 0.999 30 bad-total']],
    ['sloth/in/multifile.yml', ['requests-availability 0.999 30 bad-total', 'requests-availability 0.9999 30 bad-total']],
    ['sloth/in/no-alerts.yml', ['http-availability 0.9999 30 bad-total']],
    ['sloth/in/openslo-getting-started.yml', ['sloth-slo-my-service 0.999 30 good-total']],
    ['pyrra/nginx.yaml', ['nginx-api-errors 0.999 28 bad-total', 'nginx-api-latency 0.9 28 good-total']],
    ['pyrra/parca-grpc-queryrange-errors.yaml', ['parca-grpc-queryrange-errors 0.99 14 bad-total']],
    ['pyrra/prometheus-http.yaml', ['prometheus-api-query 0.99 7 bad-total handler']],
    ['pyrra/pyrra-connect-errors.yaml', ['pyrra-connect-errors 0.99 14 bad-total service method']],
    ['pyrra/thanos-http.yaml', ['thanos-query 0.99 28 bad-total']],
    ['slo-generator/slo_prom_metrics_availability_query_sli.yaml', ['prom-metrics-availability 0.999 28 good-total']],
    ['slo-generator/slo_prom_metrics_availability_ratio.yaml', ['prom-metrics-availability 0.999 28 good-total']],
    ['slo-generator/config.yaml', []],
  ])('%s', (file, slos) => {
    const { declared, faults } = readOne(file)
    expect(faults.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(declared.slos.map(brief)).toEqual(slos)
  })
  it('reads every other file of theirs too', () => {
    for (const name of ['sloth/in', 'pyrra', 'slo-generator'])
      for (const file of filesIn(name))
        expect([file, readOne(`${name}/${file}`).faults.filter(({ severity }) => severity === 'error')]).toEqual([file, []])
  })
  it.each(filesIn('sloth/invalid'))('refuses %s with a place and a reason', (file) => {
    const [fault] = readOne(`sloth/invalid/${file}`).faults
    expect(fault).toMatchObject({ severity: 'error', line: expect.any(Number), reason: expect.stringMatching(/\.$/) })
  })
  it('makes a policy of the steps of slo-generator, which gives its SLOs their window and alerts', () => {
    const names = ['config.yaml', 'slo_prom_metrics_availability_ratio.yaml'].map((name) => `slo-generator/${name}`)
    const { declared } = readFiles(
      names.map((name) => ({ name, content: readFileSync(join(folder, name)) })),
      { whole: true },
    )
    const [policy] = declared.budgetPolicies
    expect(policy?.settings.states.exhausted).toEqual({
      consequence: 'Freeze release, unless related to reliability or security',
      allClear: 'Unfreeze release, per the agreed roll-out policy',
    })
    expect(declared.slos[0]).toMatchObject({
      budgetPolicy: 'default',
      window: { kind: 'rolling', days: 28 },
      alerting: {
        settings: {
          pairs: [
            { long: 3_600, at: { burn: 9 } },
            { long: 21_600, at: { burn: 3 } },
          ],
        },
      },
    })
  })
})

/** Order says nothing; a field that is undefined is absent. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe.skipIf(!there)('what is read is written as OpenSLO and read as the same', () => {
  const files = ['openslo', 'sloth/in', 'pyrra', 'slo-generator'].flatMap((name) =>
    filesIn(name).map((file) => `${name}/${file}`),
  )
  it.each(files)('%s', (file) => {
    const { declared, faults } = readOne(file)
    if (faults.some(({ severity }) => severity === 'error')) return
    const portable = portableOf(declared)
    const again = readFiles([{ name: 'again.yaml', content: opensloOf(portable) }], { whole: true })
    if (portable.services.length > 0) expect(again.faults).toEqual([])
    expect(plain(portableOf(again.declared))).toEqual(plain(portable))
  })
})
