import type { Declared } from './declared'
import type { Fault } from './fault'
import { readFiles } from './read-files'

/** One file as tests look at it. */
export function read(content: string | Uint8Array, whole = false): { declared: Declared; faults: Fault[] } {
  return readFiles([{ name: 'a.yaml', content }], { whole })
}

/** "3:5 error spec.objectives[0].op" */
export const places = (faults: Fault[]): string[] =>
  faults.map(({ line, column, severity, path }) => `${line}:${column} ${severity}${path ? ` ${path}` : ''}`)

export const errorsOf = (content: string | Uint8Array, whole = false): string[] =>
  read(content, whole)
    .faults.filter(({ severity }) => severity === 'error')
    .map(({ line, column, path, reason }) => `${line}:${column} ${path}: ${reason}`)
