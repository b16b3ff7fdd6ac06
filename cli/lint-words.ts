import { styleText } from 'node:util'
import { oneLine } from '../lib/printable'
import type { Declared } from '../lib/slo-as-code/declared'
import type { Fault } from '../lib/slo-as-code/fault'

type Result = { faults: Fault[]; declared: Declared; objects: number; files: number; strict: boolean }

const countOf = ({ faults }: Result, severity: Fault['severity']): number =>
  faults.filter((fault) => fault.severity === severity).length
const plural = (count: number, word: string): string => `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`

/** One fault a line, as editors and pipelines find places: file:line:column. */
export function lintText(result: Result, colour: boolean): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(style, text, { validateStream: false }) : text
  const lines = result.faults.flatMap(({ file, line, column, severity, object, path, reason, suggestion }) => {
    const where = paint('bold', oneLine(`${file}:${line}:${column}`))
    const kind = severity === 'error' ? paint('red', 'error') : paint('yellow', 'warning')
    const what = oneLine([object, path].filter(Boolean).join(', '))
    return [
      `${where} ${kind} ${oneLine(reason)}${what ? paint('dim', ` (${what})`) : ''}`,
      ...(suggestion ? [`  ${oneLine(suggestion)}`] : []),
    ]
  })
  return `${[...lines, ...(lines.length > 0 ? [''] : []), summary(result, paint)].join('\n')}\n`
}

function summary(result: Result, paint: (style: 'red' | 'green' | 'yellow', text: string) => string): string {
  const [errors, warnings] = [countOf(result, 'error'), countOf(result, 'warning')]
  const read = `${plural(result.objects, 'object')} in ${plural(result.files, 'file')}, ${plural(result.declared.slos.length, 'SLO')}`
  const found = `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`
  if (errors > 0) return paint('red', `✗ ${read}: ${found}.`)
  if (warnings > 0 && result.strict) return paint('red', `✗ ${read}: ${found}, which count as errors here.`)
  if (warnings > 0) return paint('yellow', `✓ ${read}: ${found}.`)
  return paint('green', `✓ ${read}: nothing is wrong.`)
}

/** A shape that programs can rely on; fields are only ever added. */
export function lintJson(result: Result): string {
  const { faults, declared, objects, files, strict } = result
  const [errors, warnings] = [countOf(result, 'error'), countOf(result, 'warning')]
  return `${JSON.stringify(
    {
      ok: errors === 0 && (!strict || warnings === 0),
      files,
      objects,
      errors,
      warnings,
      declared: {
        services: declared.services.length,
        sources: declared.sources.length,
        slos: declared.slos.length,
        budgetPolicies: declared.budgetPolicies.length,
      },
      faults: faults.map(({ file, line, column, path, object, severity, stage, reason, suggestion }) => ({
        ...{ file, line, column, path, object: object ?? null, severity, stage, reason },
        suggestion: suggestion ?? null,
      })),
    },
    null,
    2,
  )}\n`
}
