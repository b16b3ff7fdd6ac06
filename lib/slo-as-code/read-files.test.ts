import { describe, expect, it } from 'vitest'
import { SLO } from './openslo/openslo-fixture'
import { readFiles, readFilesInTurns } from './read-files'
import { errorsOf } from './read-fixture'

const errors = (files: { name: string; content: string }[]) =>
  readFiles(files, { whole: true })
    .faults.filter(({ severity }) => severity === 'error')
    .map(({ file, line, column, reason }) => `${file}:${line}:${column} ${reason}`)
const sloth = (service: string, name: string) =>
  `version: prometheus/v1\nservice: ${service}\nslos:\n- name: ${name}\n  objective: 99\n  sli: {raw: {error_ratio_query: 'sum(rate(a{b="c"}[{{.window}}]))'}}\n  alerting: {name: a}\n`

describe('an SLO that is there twice', () => {
  it('is said once, at its name', () =>
    expect(
      errors([
        { name: 'a.yaml', content: SLO },
        { name: 'b.yaml', content: SLO },
      ]),
    ).toEqual(['b.yaml:4:9 There is another SLO “checkout”, at a.yaml:1.']))
  it('is said of each', () => expect(errors([{ name: 'a.yaml', content: [SLO, SLO, SLO].join('---\n') }])).toHaveLength(2))
  it('is said of files that have no names for objects, too, and beside another name that is there twice', () => {
    const service = 'apiVersion: openslo/v1\nkind: Service\nmetadata: {name: checkout-api}\nspec: {}\n'
    const files = [
      { name: 'a.yaml', content: service },
      { name: 'b.yaml', content: `${service}---\n${sloth('checkout-api', 'a')}` },
      { name: 'c.yaml', content: sloth('checkout-api', 'a') },
    ]
    expect(errors(files)).toEqual([
      'b.yaml:3:18 There is another Service “checkout-api”, at a.yaml:1.',
      expect.stringMatching(/^c\.yaml:4:\d+ There is another SLO checkout-api\/a, at b\.yaml:\d+\.$/),
    ])
  })
})

describe('what no text holds', () => {
  const named = (name: string) => SLO.replace('displayName: Checkout works', `displayName: ${name}`)
  it.each([
    ['"F\\e[31moo"', 'the control character U+001B'],
    ['"\\0"', 'the control character U+0000'],
    ['"\\x7f"', 'the control character U+007F'],
    ['"\\u009f"', 'the control character U+009F'],
    ['"\\ud800"', 'U+D800, which is no character'],
    ['"\\udc00\\ud800"', 'U+DC00, which is no character'],
    ['"\\uffff"', 'U+FFFF, which is no character'],
  ])('%s is refused as an escape, once and at its place', (name, words) =>
    expect(errorsOf(named(name))).toEqual([`5:16 : This text holds ${words}.`]),
  )
  it('is refused in keys, and in JSON', () => {
    expect(errorsOf(SLO.replace('    team:', '    "te\\eam":'))).toEqual(['7:5 : This text holds the control character U+001B.'])
    expect(
      errorsOf(
        `{"apiVersion": "openslo/v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"description": "\\u0007"}}`,
      ),
    ).toEqual(['1:102 : This text holds the control character U+0007.'])
  })
  it.each(['\u001b', '\u007f', '\u0084', '\ud800', '\ufffe'])('%j is refused as it is', (sign) =>
    expect(errorsOf(named(`a${sign}b`))).toEqual([expect.stringMatching(/^5:1 : The file holds .*U\+.*\. Remove it\.$/)]),
  )
  it.each(['"a\\tb"', '"a\\N"', '"a\u0085b"', '"\\ud83d\\ude00"', '"\\u00a0"', 'Größe 😀'])('%s is a text', (name) =>
    expect(errorsOf(named(name))).toEqual([]),
  )
})

describe('what is wrong with a value is said once', () => {
  it.each([
    ['.inf', '.inf is infinite: no field takes it.'],
    ['-.Inf', '-.Inf is infinite: no field takes it.'],
    ['1e999', '1e999 is infinite: no field takes it.'],
    ['.nan', '.nan is not a number: no field takes it.'],
  ])('target: %s', (target, reason) =>
    expect(errorsOf(SLO.replace('target: 0.999', `target: ${target}`))).toEqual([
      expect.stringMatching(`^\\d+:15 spec\\.objectives\\[0\\]\\.target: ${reason.replaceAll('.', '\\.')}$`),
    ]),
  )
  it.each([['  <<: {labels: {a: b}}\n  <<: {labels: {c: d}}\n'], ['  <<: {labels: {a: b}}\n  <<: text\n']])(
    'a key that merges is there once: %j',
    (keys) =>
      expect(errorsOf(`apiVersion: openslo/v1\nkind: Service\nmetadata:\n  name: web\n${keys}spec: {}\n`)).toEqual([
        '6:3 : The key “<<” is there twice.',
      ]),
  )
})

it('what could not be read is a fault of its file, beside those of others', () => {
  const unread = { reason: 'This cannot be read: permission denied.', suggestion: 'Leave it out.' }
  const { faults, declared } = readFiles(
    [
      { name: 'a.yaml', content: '', unread },
      { name: 'b.yaml', content: 'kind: [' },
      { name: 'c.yaml', content: SLO },
    ],
    { whole: true },
  )
  expect(faults.filter(({ severity }) => severity === 'error')).toMatchObject([
    { file: 'a.yaml', line: 1, column: 1, stage: 'text', ...unread },
    { file: 'b.yaml', reason: expect.stringContaining('bracket') },
  ])
  expect(declared.slos).toHaveLength(1)
})

describe('many files, where others wait as well', () => {
  it('give the same, and let others in between', async () => {
    const files = Array.from({ length: 5 }, (_, i) => ({
      name: `${i}.yaml`,
      content: 'apiVersion: openslo/v1\nkind: SLO\n---\n'.repeat(150),
    }))
    let turns = 0
    const count = () => {
      turns++
      waiting = setImmediate(count)
    }
    let waiting = setImmediate(count)
    const found = await readFilesInTurns(files, { whole: true })
    clearImmediate(waiting)
    expect(turns).toBeGreaterThanOrEqual(10)
    expect(found).toEqual(readFiles(files, { whole: true }))
  })
  it('that are wrong everywhere are read as far as it is told', () => {
    const { faults, objects } = readFiles(
      [{ name: 'a.yaml', content: 'apiVersion: openslo/v1\nkind: Thing\n---\n'.repeat(2_000) }],
      { whole: true },
    )
    expect(objects).toBe(201)
    expect(faults.at(-1)?.reason).toBe('There are more than 200 errors in this file: mend these first.')
  })
})
