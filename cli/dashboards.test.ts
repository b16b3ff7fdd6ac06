import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { type DashboardsOptions, dashboards } from './dashboards'
import { EXIT } from './definitions'

const folder = mkdtempSync(join(tmpdir(), 'headroom-dashboards-'))
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
function run(paths: string[], options: DashboardsOptions = {}): number {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += String(text)
    return true
  })
  return dashboards(paths, options)
}

describe('headroom dashboards', () => {
  it('writes a file for the overview and for each service', () => {
    const to = join(folder, 'out')
    expect(run([cart, pay], { out: to })).toBe(EXIT.fine)
    expect(readdirSync(to).sort()).toEqual(['headroom-overview.json', 'headroom-s-cart.json', 'headroom-s-pay.json'])
    expect(JSON.parse(readFileSync(join(to, 'headroom-s-pay.json'), 'utf8'))).toMatchObject({ uid: 'headroom-s-pay', id: null })
    expect(out).toBe('')
  })

  it('writes one to the standard output, with links to the portal where it is named', () => {
    expect(run([cart, pay], { service: 'pay', portal: 'https://slo.example.org/' })).toBe(EXIT.fine)
    expect(JSON.parse(out)).toMatchObject({ uid: 'headroom-s-pay', title: 'SLOs: pay' })
    expect(out).toContain('https://slo.example.org/services/pay')
    out = ''
    expect(run([cart, pay], { overview: true })).toBe(EXIT.fine)
    expect(JSON.parse(out).uid).toBe('headroom-overview')
    expect(out).not.toContain('https://')
  })

  it('writes all of them as one document for programs', () => {
    expect(run([cart, pay], { format: 'json' })).toBe(EXIT.fine)
    expect(JSON.parse(out).dashboards).toHaveLength(3)
  })

  it('writes nothing when a file is wrong, and says what', () => {
    const to = join(folder, 'none')
    expect(run([cart, wrong], { out: to })).toBe(EXIT.faults)
    expect([out, existsSync(to)]).toEqual(['', false])
    expect(errors).toContain('x.yaml:1:')
  })

  it.each<[DashboardsOptions, string]>([
    [{}, 'Choose --out for all dashboards'],
    [{ overview: true, service: 'cart' }, 'one dashboard goes out at a time'],
    [{ overview: true, portal: 'javascript:alert(1)' }, 'such as https://slo.example.org'],
    [{ service: 'nobody' }, 'No SLO here is of nobody.'],
    [{ format: 'xml' }, 'grafana or json'],
  ])('refuses %j', (options, sentence) => {
    expect(() => run([cart], options)).toThrow(sentence)
  })
})
