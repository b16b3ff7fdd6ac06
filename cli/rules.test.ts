import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { EXIT } from './definitions'
import { type RulesOptions, rules } from './rules'

const folder = mkdtempSync(join(tmpdir(), 'headroom-rules-'))
afterAll(() => rmSync(folder, { recursive: true }))

const sloth = (service: string) =>
  JSON.stringify({
    ...{ version: 'prometheus/v1', service },
    slos: [
      {
        ...{ name: 'availability', objective: 99.9 },
        sli: {
          events: {
            error_query: `sum(rate(r_total{job="${service}",code=~"5.."}[{{.window}}]))`,
            total_query: `sum(rate(r_total{job="${service}"}[{{.window}}]))`,
          },
        },
        alerting: { name: 'Burns', page_alert: {}, ticket_alert: {} },
      },
    ],
  })
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const [cart, pay, wrong] = [file('cart.yaml', sloth('cart')), file('pay.yaml', sloth('pay')), file('x.yaml', '- x: [')]

let [out, errors] = ['', '']
afterEach(() => {
  vi.restoreAllMocks()
  ;[out, errors] = ['', '']
})
function run(paths: string[], options: RulesOptions = {}): number {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += String(text)
    return true
  })
  return rules(paths, options)
}

describe('headroom rules', () => {
  it('writes one document to the standard output, whatever is read', () => {
    expect(run([cart, pay])).toBe(EXIT.fine)
    expect(parseAllDocuments(out)).toHaveLength(1)
    expect(parse(out).groups.map(({ name }: { name: string }) => name)).toEqual([
      ...['headroom/cart', 'headroom/cart/availability', 'headroom/pay', 'headroom/pay/availability'],
    ])
    expect(errors).toBe('')
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
    expect(JSON.parse(out).groups).toHaveLength(2)
  })

  it('writes what mutes what, for Alertmanager', () => {
    expect(run([cart, pay], { inhibition: true })).toBe(EXIT.fine)
    expect(parse(out)).toEqual({ inhibit_rules: [expect.objectContaining({ equal: ['service', 'slo'] })] })
  })

  it('writes nothing when a file is wrong, and says what', () => {
    const to = join(folder, 'none')
    expect(run([cart, wrong], { out: to })).toBe(EXIT.faults)
    expect([out, existsSync(to)]).toEqual(['', false])
    expect(errors).toContain('x.yaml:1:')
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
