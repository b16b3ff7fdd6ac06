import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { type DashboardsOptions, dashboards } from './dashboards'
import { EXIT } from './definitions'
import { definitionFiles, heard } from './definitions-fixture'

const { folder, remove, cart, pay, wrong } = definitionFiles()
afterAll(remove)
const { said, listen, forget } = heard()
afterEach(forget)
const run = (paths: string[], options: DashboardsOptions = {}): number => {
  listen()
  return dashboards(paths, options)
}

describe('headroom dashboards', () => {
  it('writes a file for the overview and for each service', () => {
    const to = join(folder, 'out')
    expect(run([cart, pay], { out: to })).toBe(EXIT.fine)
    expect(readdirSync(to).sort()).toEqual(['headroom-overview.json', 'headroom-s-cart.json', 'headroom-s-pay.json'])
    expect(JSON.parse(readFileSync(join(to, 'headroom-s-pay.json'), 'utf8'))).toMatchObject({ uid: 'headroom-s-pay', id: null })
    expect(said.out).toBe('')
  })

  it('writes one to the standard output, with links to the portal where it is named', () => {
    expect(run([cart, pay], { service: 'pay', portal: 'https://slo.example.org/' })).toBe(EXIT.fine)
    expect(JSON.parse(said.out)).toMatchObject({ uid: 'headroom-s-pay', title: 'SLOs: pay' })
    expect(said.out).toContain('https://slo.example.org/services/pay')
    said.out = ''
    expect(run([cart, pay], { overview: true })).toBe(EXIT.fine)
    expect(JSON.parse(said.out).uid).toBe('headroom-overview')
    expect(said.out).not.toContain('https://')
  })

  it('writes all of them as one document for programs', () => {
    expect(run([cart, pay], { format: 'json' })).toBe(EXIT.fine)
    expect(JSON.parse(said.out).dashboards).toHaveLength(3)
  })

  it('writes nothing when a file is wrong, and says what', () => {
    const to = join(folder, 'none')
    expect(run([cart, wrong], { out: to })).toBe(EXIT.faults)
    expect([said.out, existsSync(to)]).toEqual(['', false])
    expect(said.errors).toContain('x.yaml:1:')
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
