import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { compositeFile } from '../lib/slo-as-code/gitops-fixture'
import { EXIT } from './definitions'
import { definitionFiles, heard } from './definitions-fixture'
import { type RulesOptions, rules } from './rules'

const { folder, remove, cart, pay, wrong } = definitionFiles()
afterAll(remove)
const { said, listen, forget } = heard()
afterEach(forget)
const run = (paths: string[], options: RulesOptions = {}): number => {
  listen()
  return rules(paths, options)
}

describe('headroom rules', () => {
  it('writes one document to the standard output, whatever is read', () => {
    expect(run([cart, pay])).toBe(EXIT.fine)
    expect(parseAllDocuments(said.out)).toHaveLength(1)
    expect(parse(said.out).groups.map(({ name }: { name: string }) => name)).toEqual([
      ...['headroom/cart', 'headroom/cart/availability', 'headroom/pay', 'headroom/pay/availability'],
    ])
    expect(said.errors).toBe('')
  })

  it('writes a file for each service, with one document', () => {
    const to = join(folder, 'out')
    expect(run([cart, pay], { out: to, form: 'prometheus-rule' })).toBe(EXIT.fine)
    expect(readdirSync(to).sort()).toEqual(['cart.rules.yaml', 'pay.rules.yaml'])
    const [document, ...more] = parseAllDocuments(readFileSync(join(to, 'pay.rules.yaml'), 'utf8'))
    expect(document?.toJS()).toMatchObject({ kind: 'PrometheusRule', metadata: { name: 'headroom-pay' } })
    expect(more).toEqual([])
  })

  it('writes only one service, and the groups as JSON', () => {
    expect(run([cart, pay], { service: 'pay', format: 'json' })).toBe(EXIT.fine)
    expect(JSON.parse(said.out).groups).toHaveLength(2)
  })

  it('writes what mutes what, for Alertmanager', () => {
    expect(run([cart, pay], { inhibition: true })).toBe(EXIT.fine)
    expect(parse(said.out)).toEqual({ inhibit_rules: [expect.objectContaining({ equal: ['service', 'slo'] })] })
  })

  it('leaves out what is written for VictoriaMetrics, unless that evaluates the rules', () => {
    const victoria = join(folder, 'victoria.yaml')
    const chain = '{"slo_plugins":{"chain":[{"id":"validate_victoria_metrics"}]},'
    writeFileSync(victoria, readFileSync(pay, 'utf8').replaceAll('}[{{', " or job='b'}[{{").replace('{', chain))
    expect(run([cart, victoria])).toBe(EXIT.fine)
    expect(said.out).not.toContain("or job='b'")
    expect(said.errors).toContain('availability is left out: its query is no PromQL. Write --dialect victoriametrics.')
    forget()
    expect(run([cart, victoria], { dialect: 'victoriametrics' })).toBe(EXIT.fine)
    expect(said.out).toContain("or job='b'")
    expect(said.errors).not.toContain('is left out: its query')
    rmSync(victoria)
  })

  it('says of a composite that it needs the rules of what is not among the files', () => {
    const whole = join(folder, 'whole.yaml')
    writeFileSync(whole, compositeFile('whole', ['a', 'b']))
    expect(run([whole, cart])).toBe(EXIT.fine)
    expect(said.errors).toContain('whole.yaml:1:1 warning It is made of shop/a, which is in none of these files.')
    expect(said.out).toContain('It needs the rules of shop/a, which are not among these.')
    rmSync(whole)
  })

  it('writes nothing when a file is wrong, and says what', () => {
    const to = join(folder, 'none')
    expect(run([cart, wrong], { out: to })).toBe(EXIT.faults)
    expect([said.out, existsSync(to)]).toEqual(['', false])
    expect(said.errors).toContain('x.yaml:1:')
  })

  it.each<[RulesOptions, string]>([
    [{ form: 'xml' }, 'The form is one of'],
    [{ format: 'xml' }, 'yaml or json'],
    [{ inhibition: true, format: 'json' }, 'for Alertmanager, as YAML'],
    [{ service: 'nobody' }, 'No SLO here is of nobody.'],
  ])('refuses %j', (options, sentence) => {
    expect(() => run([cart], options)).toThrow(sentence)
  })
})
