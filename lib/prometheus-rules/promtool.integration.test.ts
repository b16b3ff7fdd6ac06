import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { everyKind, portable, portableSlo } from './every-kind-fixture'
import { RULE_FORMS, renderRules } from './render'
import { rulesOf } from './rules'

const run = promisify(execFile)
const promtool = process.env.PROMTOOL_BIN ?? 'promtool'

async function checked(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headroom-rules-'))
  try {
    await writeFile(join(folder, 'rules.yml'), text)
    return (await run(promtool, ['check', 'rules', join(folder, 'rules.yml')])).stdout
  } finally {
    await rm(folder, { recursive: true })
  }
}

it.each(RULE_FORMS)('promtool takes every rule of every kind, as %s', async (form) => {
  const groups = rulesOf(everyKind())
  const text = renderRules(groups, form)
  // The forms of the operator and the ruler hold what promtool reads.
  const file = form === 'prometheus' ? text : JSON.stringify({ groups: (parse(text).spec ?? parse(text)).groups })
  const count = groups.reduce((sum, { rules }) => sum + rules.length, 0)
  expect(await checked(file)).toContain(`SUCCESS: ${count} rules found`)
})

it('promtool takes what people may have written, whatever characters are in it', async () => {
  const odd = ['\u007f', '\u0085', '\r', '\u2028', '\ufeff', '\u0001', '\ud800', '\ufffe', '\t', '😀', '# {{ x }}', '"\\']
  const slos = odd.map((text, i) =>
    portableSlo(
      {
        ...{ kind: 'availability', requests: { metric: 'r_total', matchers: [{ label: 'a', op: '=', value: `x${text}y` }] } },
        failed: [{ label: 'code', op: '=', value: `5${text}` }],
      },
      { slug: `odd-${i}`, name: `Odd ${text} name` },
    ),
  )
  const groups = rulesOf(portable(slos))
  const count = groups.reduce((sum, { rules }) => sum + rules.length, 0)
  expect(await checked(renderRules(groups, 'prometheus'))).toContain(`SUCCESS: ${count} rules found`)
})

it('promtool refuses what is no rule', async () => {
  const [group] = rulesOf(everyKind())
  const broken = { ...group, rules: group?.rules.map((rule) => ({ ...rule, expr: `${rule.expr} and` })) }
  await expect(checked(renderRules([broken as never], 'prometheus'))).rejects.toThrow()
})
