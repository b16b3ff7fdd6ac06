import { describe, expect, it } from 'vitest'
import { problemText } from '../lib/drift/words'
import { type DriftPart, driftMarkdown, driftText } from './drift-words'
import { lintText } from './lint-words'
import { tableOf } from './status'

const EVIL = 'out of order\n✓ files ↔ Prometheus: all is well.\r\n### Evil\u2028x'
const FLAT = 'out of order ✓ files ↔ Prometheus: all is well. ### Evil x'

describe('text of others stays on its line', () => {
  const failing = problemText({ kind: 'failing', rule: 'slo_sli', error: EVIL, more: 0 })
  const part: DriftPart = {
    ...{ between: 'portal ↔ Prometheus', of: EVIL, standing: 'drift', sentence: EVIL },
    items: [{ key: 'shop/a', state: 'Not evaluated', sentences: [failing], remedy: EVIL }],
  }
  it('of drift', () => {
    expect(driftText([part], false).split(/[\n\r\u2028]/)).toEqual([
      `✗ portal ↔ Prometheus (${FLAT}): ${FLAT}`,
      '  shop/a  not evaluated',
      `    slo_sli fails: ${FLAT}`,
      `    → ${FLAT}`,
    ])
    expect(driftMarkdown([part]).match(/^### .*$/gm)).toEqual(['### Drift'])
  })
  it('of status', () => {
    const now = { state: 'ok', alert: null, sli: null, remaining: null, burnRate: { h1: null, h6: null }, budgetEndsAt: null }
    const slo = { name: EVIL, service: { slug: 'shop' }, target: 0.99, status: now }
    const lines = tableOf([slo] as unknown as Parameters<typeof tableOf>[0]).split(/[\n\r\u2028]/)
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain(FLAT)
  })
  it('of lint', () => {
    const fault = { file: 'a.yaml', line: 1, column: 1, path: EVIL, severity: 'error', stage: 'validate', reason: EVIL } as const
    const declared = { services: [], sources: [], slos: [], budgetPolicies: [], faulty: [] }
    const result = { faults: [{ ...fault, suggestion: EVIL }], declared, objects: 1, files: 1, strict: false }
    expect(lintText(result as unknown as Parameters<typeof lintText>[0], false).split(/[\n\r\u2028]/)).toEqual([
      `a.yaml:1:1 error ${FLAT} (${FLAT})`,
      `  ${FLAT}`,
      '',
      '✗ 1 object in 1 file, 0 SLOs: 1 error, 0 warnings.',
      '',
    ])
  })
})

describe('what is loaded and not ours', () => {
  it('is said of the portal, or of the files where nothing else is compared', () => {
    const extra = { kind: 'extra', rule: 'slo_old' } as const
    expect(problemText(extra)).toBe('slo_old is loaded, and the portal does not write it.')
    expect(problemText(extra, 'write')).toBe('slo_old is loaded, and these files do not make it.')
    expect(problemText({ kind: 'other-slos' }, 'write')).toContain(': write the rules of the whole service anew.')
  })
})
