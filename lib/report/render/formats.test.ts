import { describe, expect, it } from 'vitest'
import { hashOf } from '../hash'
import { renderCsv } from './csv'
import { renderJson } from './json'
import { organisation } from './many-fixture'
import { report } from './objective-fixture'
import { checkoutJune } from './report-fixture'
import { emptyJune } from './variants-fixture'

const lines = (csv: string) => csv.trimEnd().split('\r\n')

describe('CSV', () => {
  it('has one row per objective, unrounded', () => {
    const [head, first, ...rest] = lines(renderCsv(report(checkoutJune())))
    expect(head?.split(',').slice(0, 9)).toEqual([
      'month',
      'zone',
      'revision',
      'service',
      'objective',
      'kind',
      'unit',
      'target',
      'sli',
    ])
    expect(first?.split(',').slice(0, 8)).toEqual([
      '2026-06',
      'UTC',
      '1',
      'checkout-api',
      'Requests succeed',
      'availability',
      'events',
      '0.999',
    ])
    expect(Number(first?.split(',')[8])).toBeCloseTo(0.99934343, 8)
    expect(rest).toHaveLength(2)
  })

  it('has all thousand services', () => expect(lines(renderCsv(report(organisation())))).toHaveLength(1001))
  it('is a head when there is nothing', () => expect(lines(renderCsv(report(emptyJune())))).toHaveLength(1))

  it('runs nothing in a spreadsheet', () => {
    const document = checkoutJune()
    const [objective] = document.objectives
    if (objective) objective.slo.name = '=HYPERLINK("http://x","y")'
    expect(renderCsv(report(document))).toContain(`"'=HYPERLINK(""http://x"",""y"")"`)
  })
})

describe('JSON', () => {
  it('is the document with its hash, whatever the order of its keys', () => {
    const document = checkoutJune()
    const known = JSON.parse(renderJson(report(document, { hash: hashOf(document) }))) as { hash: string; document: unknown }
    expect(known.document).toEqual(JSON.parse(JSON.stringify(document)))
    expect(hashOf(known.document)).toBe(known.hash)
    const turned = Object.fromEntries(Object.entries(document).reverse()) as typeof document
    expect(renderJson(report(turned))).toBe(renderJson(report(document)))
  })
})
