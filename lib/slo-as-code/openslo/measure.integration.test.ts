import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { EVERY_KIND } from '../../prometheus-rules/every-kind-fixture'
import { COMPOSITE_RULES } from '../../slo/composite'
import type { Indicator } from '../../slo/indicator'
import { measureOf } from './measure'

const promtool = process.env.PROMTOOL_BIN ?? 'promtool'

it('Prometheus reads every query that an indicator is written as', () => {
  const kinds = EVERY_KIND.flatMap((one): Indicator[] =>
    one.kind === 'composite' ? COMPOSITE_RULES.map((rule) => ({ ...one, rule })) : [one],
  )
  const queries = kinds.flatMap((one) =>
    Object.values(measureOf(one)).filter((part) => typeof part === 'string' && part.length > 3),
  )
  const rules = queries.map((expr, i) => ({ record: `query_${i}`, expr }))
  const folder = mkdtempSync(join(tmpdir(), 'headroom-queries-'))
  try {
    writeFileSync(join(folder, 'rules.yml'), JSON.stringify({ groups: [{ name: 'queries', rules }] }))
    const said = execFileSync(promtool, ['check', 'rules', join(folder, 'rules.yml')], { encoding: 'utf8' })
    expect(said).toContain(`SUCCESS: ${queries.length} rules found`)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
