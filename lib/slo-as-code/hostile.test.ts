import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorsOf, places, read } from './read-fixture'

const SERVICE = 'apiVersion: openslo/v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  description: x\n'
const bytes = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding))
/** nine of nine of nine … */
const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
for (const [i, name] of [...'bcdefghi'].entries()) {
  const before = 'abcdefghi'[i]
  bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`)
}

describe('what no definition is, is refused with a sentence', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['10 MB', 'a: b\n'.repeat(2_000_000), 'The file has 10.0 MB. Use at most 4 MB'],
    ['a million empty lines', '\n'.repeat(1_000_000), 'Use at most 150000: split it'],
    ['20,000 lists in lists', '['.repeat(20_000), 'nested more than 60 levels deep'],
    ['20,000 maps in maps', '{a: '.repeat(20_000), 'nested more than 60 levels deep'],
    ['20,000 dashes', '- '.repeat(20_000), 'nested more than 60 levels deep'],
    ['20,000 question marks', '? '.repeat(20_000), 'nested more than 60 levels deep'],
    ['a staircase', Array.from({ length: 2_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'), 'nested more than 60 levels deep'],
    ['a bomb of anchors', bomb.join('\n'), 'grows beyond all measure'],
    ['an anchor in itself', 'a: &a [*a]', 'no finished anchor &a before this alias'],
    ['an alias of nothing', 'a: *b', 'no finished anchor &b before'],
    ['the same key twice', `${SERVICE}kind: SLO\n`, 'The key “kind” is there twice.'],
    ['a tab', 'apiVersion: openslo/v1\nmetadata:\n\tname: a\n', 'Tabs cannot indent YAML.'],
    ['UTF-16 with its mark', bytes(`\ufeff${SERVICE}`, 'utf16le'), 'The file is UTF-16, not UTF-8.'],
    ['UTF-16 without', bytes(SERVICE, 'utf16le'), 'The file is UTF-16, not UTF-8.'],
    ['Latin-1', bytes('description: M\xfcller', 'latin1'), 'The file is not UTF-8.'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]), 'This is no text file.'],
    ['an icon', new Uint8Array([0, 0, 1, 0, 1, 0]), 'This is no text file.'],
    ['a NUL in bytes', bytes(`${SERVICE}\0`, 'utf8'), 'This is no text file.'],
    ['a NUL', `${SERVICE}\0`, 'control character U+0000'],
    ['a tag that runs something', 'a: !!python/object/apply:os.system [ls]', 'Tags such as !name are not read.'],
    ['a key that is a list', '[a, b]: c', 'A key is one word'],
    ['broken JSON', '{"apiVersion": "openslo/v1"', 'A bracket is not closed'],
    ['something else', 'apiVersion: v1\nkind: ConfigMap\n', 'There is no format “v1”.'],
    ['prose', 'hello', 'A definition is a map of fields.'],
  ])('%s', (_, content, words) => {
    const { declared, faults } = read(content)
    expect(faults[0]).toMatchObject({ severity: 'error', reason: expect.stringContaining(words) })
    expect(declared.slos).toEqual([])
  })
  it('an empty file is nothing to worry about', () =>
    expect(read('# nothing\n').faults).toMatchObject([{ severity: 'warning', reason: 'The file is empty.' }]))
})

describe('names that could do harm', () => {
  it('a prototype is a field like any other', () => {
    const text = `${SERVICE}  __proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\n`
    expect(errorsOf(text)).toEqual([
      '7:3 spec.__proto__: There is no field “__proto__” here.',
      '8:1 constructor: There is no field “constructor” here.',
    ])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
  it('labels named so do not reach the prototype either', () => {
    const text =
      'version: prometheus/v1\nservice: web\nlabels: {__proto__: x, constructor: y}\nslos:\n- name: ok\n  objective: 99\n' +
      '  sli: {raw: {error_ratio_query: "sum(rate(a{x=\'1\'}[{{.window}}]))"}}\n  alerting: {name: a}\n'
    const [slo] = read(text).declared.slos
    expect(Object.getPrototypeOf(slo?.labels)).toBe(Object.prototype)
    expect(Object.entries(slo?.labels ?? {})).toEqual([['constructor', 'y']])
  })
  it.each(['x"} or vector(1) #', 'x\\', 'x`', 'x{y}', 'two\nlines'])('%j is no label', (value) => {
    const text = SERVICE.replace('  name: web\n', `  name: web\n  labels:\n    team: ${JSON.stringify(value)}\n`)
    expect(errorsOf(text)).toEqual([expect.stringMatching(/^6:11 metadata\.labels\.team: Quotes, backslashes, braces/)])
  })
})

describe('what editors do to files', () => {
  it.each([
    ['a byte order mark', `\ufeff${SERVICE}`],
    ['Windows line ends', SERVICE.replaceAll('\n', '\r\n')],
    ['old line ends', SERVICE.replaceAll('\n', '\r')],
    ['tabs behind values', SERVICE.replace('web', 'web\t# a comment')],
    ['an explicit document', `---\n${SERVICE}...\n`],
    ['JSON with tabs', '{\n\t"apiVersion": "openslo/v1",\n\t"kind": "Service",\n\t"metadata": {"name": "web"},\n\t"spec": {}\n}'],
  ])('%s is fine', (_, text) => {
    const { declared, faults } = read(text)
    expect([faults, declared.services.map(({ slug }) => slug)]).toEqual([[], ['web']])
  })
  it('many documents and lists are many objects, and a broken one does not hide the others', () => {
    const text = `${SERVICE}---\na: *x\n---\n- ${SERVICE.trim().replace('web', 'api').replaceAll('\n', '\n  ')}\n- kind: Service\n`
    const { declared, faults } = read(text)
    expect(declared.services.map(({ slug }) => slug)).toEqual(['web', 'api'])
    expect(places(faults)).toEqual(['8:4 error', '16:3 error apiVersion'])
  })
  it.each([
    `${SERVICE}---\n\ufeff${SERVICE.replace('web', 'api')}`,
    `${SERVICE}\ufeff---\n${SERVICE.replace('web', 'api')}`,
    `---\n\ufeff${SERVICE}...\n\ufeff---\n${SERVICE.replace('web', 'api')}`,
    `\ufeff---\r\n${SERVICE}--- # more\r\n\ufeff${SERVICE.replace('web', 'api')}`,
  ])('each document may begin with a byte order mark: %j', (text) => {
    const { declared, faults } = read(text)
    expect([faults, declared.services.map(({ slug }) => slug)]).toEqual([[], ['web', 'api']])
  })
  it('tags of texts and numbers are read', () =>
    expect(read(SERVICE.replace('web', '!!str web')).declared.services).toMatchObject([{ slug: 'web' }]))
  it('anchors and merges are read where they stay small', () => {
    const text = 'apiVersion: openslo/v1\nkind: Service\nmetadata: &m\n  name: web\n---\n'
    expect(errorsOf(`${text}apiVersion: openslo/v1\nkind: Service\nmetadata: *m\n`)).toEqual([expect.stringContaining('8:11')])
    const merged =
      'apiVersion: openslo/v1\nkind: Service\nmetadata:\n  labels: &l {team: a}\n  <<: {name: web, labels: {}}\nspec: {}\n'
    expect(read(merged).declared.services).toMatchObject([{ slug: 'web', labels: { team: 'a' } }])
  })
})

describe('whatever stands in a file', () => {
  const keys = [
    'apiVersion',
    'kind',
    'metadata',
    'spec',
    'name',
    'service',
    'slos',
    'version',
    'objectives',
    'indicator',
    'items',
    '__proto__',
  ]
  const words = [
    'openslo/v1',
    'openslo/v1alpha',
    'openslo.com/v2alpha',
    'slo.dev/v1',
    'prometheus/v1',
    'pyrra.dev/v1alpha1',
    'sre.google.com/v2',
  ]
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom<unknown>(...words, 'SLO', 'SLI', 'Service', 'List', null, 0.5, 99.9, true, '', '30d'),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 6 }),
    ),
  }))
  it('is read without throwing, and every fault has a place', () =>
    fc.assert(
      fc.property(fc.constantFrom(...words), tree, (version, value) => {
        const content = JSON.stringify([{ apiVersion: version, kind: 'SLO', spec: value, metadata: value }, value])
        for (const { line, column, reason } of read(content).faults)
          expect([line > 0, column > 0, /[.?]$/.test(reason)]).toEqual([true, true, true])
      }),
    ))
  it('even when it is hardly text', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'[]{}:-?&*!|>\'"%@`#,\\~ \n\n\ta1<'), maxLength: 80 })
    fc.assert(fc.property(fc.oneof(signs, fc.uint8Array({ maxLength: 80 })), (content) => void read(content)))
  })
})
