import type { Declared } from '../lib/slo-as-code/declared'
import { type Fault, inOrder } from '../lib/slo-as-code/fault'
import { opensloDocuments, opensloFiles, opensloOf } from '../lib/slo-as-code/openslo/write'
import { portableOf } from '../lib/slo-as-code/portable'
import { EXIT, readDefinitions, usage } from './definitions'
import { complain } from './rules'
import { writeOut } from './write-out'

export type ConvertOptions = { to?: string; out?: string; format?: string }

const TARGETS = ['openslo']

/** Writes definitions of SLOs in another format, and returns the exit code. Nothing is written where one is wrong. */
export function convert(paths: string[], { to = 'openslo', out, format = 'yaml' }: ConvertOptions): number {
  if (!TARGETS.includes(to)) throw usage(`Definitions can be converted to ${TARGETS.join(', ')}.`)
  if (format !== 'yaml' && format !== 'json') throw usage('The format is yaml or json.')
  const read = readDefinitions(paths, 'convert')
  if (complain({ ...read, faults: inOrder([...read.faults, ...lost(read.declared)]) })) return EXIT.faults
  const portable = portableOf(read.declared)
  if (portable.services.length === 0) throw usage('No service and no SLO here is measured by Prometheus.')
  if (format === 'json') writeOut([{ name: 'openslo.json', text: jsonText(opensloDocuments(portable)) }], out)
  else writeOut(out === undefined ? [{ name: '', text: opensloOf(portable) }] : opensloFiles(portable), out)
  return EXIT.fine
}

/** What a portal takes from these files, and OpenSLO has no place for. */
const lost = ({ budgetPolicies }: Declared): Fault[] =>
  budgetPolicies.map(({ place, name }) => ({
    ...{ ...place, severity: 'warning', stage: 'validate' },
    reason: `The error-budget policy “${name}” is left out: OpenSLO has no place for what it says.`,
    suggestion: 'Define it in the portal, and assign it there.',
  }))

export const jsonText = (documents: unknown): string => `${JSON.stringify(documents, null, 2)}\n`
