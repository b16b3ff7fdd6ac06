import { describe, expect, it } from 'vitest'
import { errorsOf, read } from './read-fixture'

const SERVICE = 'apiVersion: openslo/v1\nkind: Service\nmetadata:\n  name: web\nspec: {}\n'
const NONE = 'From here on, pages of text hold no apiVersion and no version: these are no definitions of SLOs.'
const NO_NAMES = 'From here on, pages of text hold no apiVersion, version, kind or name: these are no definitions of SLOs.'
const slo = (i: number) => ({
  ...{ name: `slo-${i}`, objective: 99.9 },
  sli: { raw: { error_ratio_query: `sum(rate(a{i="${i}"}[{{.window}}])) / sum(rate(b{i="${i}"}[{{.window}}]))` } },
  alerting: { page_alert: { disable: true }, ticket_alert: { disable: true } },
})

describe('a large file without definitions is refused where they end', () => {
  it.each<[string, string, string]>([
    ['a list of words', '- a\n'.repeat(149_000), `1:1 : ${NONE}`],
    ['a list in one line', `[${'a,'.repeat(1_500_000)}a]`, `1:1 : ${NONE}`],
    ['a map of numbers', `{${Array.from({ length: 250_000 }, (_, i) => `k${i}: 1`).join()}}`, `1:1 : ${NONE}`],
    ['anchors of nothing', '&a '.repeat(1_000_000), `1:1 : ${NONE}`],
    ['tags of nothing', '!!str '.repeat(600_000), `1:1 : ${NONE}`],
    ['names of nothing', '- name: a\n'.repeat(149_000), `1:1 : ${NONE}`],
    ['brackets in brackets side by side', `[${'[a],'.repeat(500_000)}]`, `1:1 : ${NONE}`],
    ['comments in a list', `[\n${'# a\n'.repeat(149_000)}`, `1:1 : ${NONE}`],
    ['empty lines in a list', `[${' \n'.repeat(149_000)}`, `1:1 : ${NONE}`],
    ['escapes', `a: ["${'\\n'.repeat(400_000)}"]`, `1:1 : ${NONE}`],
    [
      'fields of no format',
      `${SERVICE}more:\n${Array.from({ length: 90_000 }, (_, i) => `  k${i}: 1\n`).join('')}`,
      `4:3 : ${NO_NAMES}`,
    ],
    ['directives', '%a\n'.repeat(140_000), '11:1 : There are more than 10 lines that begin with % here.'],
    ['a quote that is never closed', `x: "${'\\n'.repeat(1_900_000)}`, '1:4 : A quote is not closed.'],
    ['one text', `x: !!str ${'a '.repeat(1_500_000)}`, '1:10 : This text has 2999999 characters. No definition has that many.'],
  ])('%s', (_, text, error) => expect(errorsOf(text)).toEqual([error]))

  it('and what stands before it is read', () => {
    const { declared, faults } = read(`${SERVICE}---\n[${'a,'.repeat(9_000)}a]\n`)
    expect([declared.services.length, faults.map(({ line, column }) => `${line}:${column}`)]).toEqual([1, ['4:3']])
  })
})

describe('a large file of definitions is read', () => {
  const large = { version: 'prometheus/v1', service: 'web', slos: Array.from({ length: 1_000 }, (_, i) => slo(i)) }
  it.each<[string, string]>([
    ['a thousand SLOs in one object', JSON.stringify(large)],
    ['whose format is told at its end', JSON.stringify({ slos: large.slos, service: 'web', version: 'prometheus/v1' }, null, 2)],
    [
      'a thousand documents, with quotes',
      large.slos.map((one, i) => JSON.stringify({ ...large, service: `web-${i}`, slos: [one] })).join('\n---\n'),
    ],
    ['half of it commented out', `${'# - name: a\n'.repeat(10_000)}${JSON.stringify(large)}`],
  ])(
    '%s',
    (_, text) => {
      const { declared, faults } = read(text)
      expect([declared.slos.length, faults]).toEqual([1_000, []])
    },
    30_000,
  )
})

describe('lines that begin with %', () => {
  const MISSING = 'After lines that begin with % comes a line of ---, and then a definition.'
  it.each<[string, string[]]>([
    ['%a', [`1:1 : ${MISSING}`]],
    ['%YAML 1.2\n# nothing\n', [`1:1 : ${MISSING}`]],
    [`${SERVICE}...\n%YAML 1.2\n`, [`7:1 : ${MISSING}`]],
    [`%YAML 1.2\n${SERVICE}`, [`2:1 : ${MISSING}`]],
    [`%YAML 1.2\n---\n${SERVICE}`, []],
    [Array.from({ length: 12 }, (_, i) => `%YAML 1.2\n---\n${SERVICE.replace('web', `web-${i}`)}...\n`).join(''), []],
  ])('%j', (text, errors) => expect(errorsOf(text)).toEqual(errors))
})

describe('templates', () => {
  const TEMPLATE = 'This line has {{ … }} where a value or a field belongs: the file is a template, not a definition.'
  it.each<[string, string, string]>([
    ['a condition around it', `{{- if .Values.x }}\n${SERVICE}{{- end }}\n`, '1:1'],
    ['a value', SERVICE.replace('web', '{{ .Release.Name }}-web'), '4:9'],
    ['fields', SERVICE.replace('spec: {}', 'spec:\n  {{- toYaml .Values.spec | nindent 2 }}'), '6:3'],
    ['a comment', `{{/* nothing */}}\n${SERVICE}`, '1:1'],
    ['a loop', `{{ range .Values.names }}\n---\n${SERVICE}{{ end }}`, '1:1'],
  ])('%s is named once', (_, text, place) => expect(errorsOf(text)).toEqual([`${place} : ${TEMPLATE}`]))

  it.each<[string, string]>([
    ['in quotes', `${SERVICE.replace('spec: {}', 'spec:\n  description: "{{ .Values.x }}"')}`],
    ['within a text', `${SERVICE.replace('spec: {}', 'spec:\n  description: of {{ .Values.x }}')}`],
    ['in a block', `${SERVICE.replace('spec: {}', 'spec:\n  description: |\n    {{ .Values.x }}')}`],
    ['in a comment', `# {{ .Values.x }}\n${SERVICE}`],
  ])('braces %s are text', (_, text) => expect(errorsOf(text)).toEqual([]))

  it('the window of Sloth lacks quotes, it is no template', () =>
    expect(
      errorsOf('version: prometheus/v1\nslos: [{sli: {raw: {error_ratio_query: sum(a[{{.window}}])}}}]\n').join(),
    ).not.toContain('template'))
})
