import { coloured, EXIT, readDefinitions, usage } from './definitions'
import { lintJson, lintText } from './lint-words'

export type LintOptions = { format?: string; strict?: boolean; whole?: boolean }

const FORMATS = ['text', 'json']

/** Reads definitions of SLOs, says everything that is wrong with them, and returns the exit code. */
export function lint(paths: string[], options: LintOptions): number {
  const { format = 'text', strict = false, whole } = options
  if (!FORMATS.includes(format)) throw usage(`The format is one of ${FORMATS.join(', ')}.`)
  const { sources, ...read } = readDefinitions(paths, 'lint', whole)
  const result = { ...read, files: sources.length, strict }
  process.stdout.write(format === 'json' ? lintJson(result) : lintText(result, coloured()))
  const wrong = read.faults.some(({ severity }) => strict || severity === 'error')
  return wrong ? EXIT.faults : EXIT.fine
}
