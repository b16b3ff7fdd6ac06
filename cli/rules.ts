import { inhibitionOf } from '../lib/prometheus-rules/inhibition'
import { RULE_FORMS, type RuleForm, renderedRules, renderRules } from '../lib/prometheus-rules/render'
import type { RuleGroup } from '../lib/prometheus-rules/rule'
import { ruleGroups } from '../lib/prometheus-rules/rules'
import { type Fault, inOrder } from '../lib/slo-as-code/fault'
import { portableOf } from '../lib/slo-as-code/portable'
import { coloured, type Definitions, EXIT, readDefinitions, usage } from './definitions'
import { lintText } from './lint-words'
import { writeOut } from './write-out'

export type RulesOptions = {
  form?: string
  out?: string
  service?: string
  format?: string
  inhibition?: boolean
  dialect?: string
}

/** Writes the rules of Prometheus for definitions of SLOs, and returns the exit code. */
export function rules(paths: string[], options: RulesOptions): number {
  const { form = 'prometheus', out, service, format = 'yaml', inhibition = false, dialect = 'prometheus' } = options
  if (!isForm(form)) throw usage(`The form is one of ${RULE_FORMS.join(', ')}.`)
  if (format !== 'yaml' && format !== 'json') throw usage('The format is yaml or json.')
  if (inhibition && (format !== 'yaml' || form !== 'prometheus'))
    throw usage('Inhibition is for Alertmanager, as YAML: leave out --form and --format.')
  if (!isDialect(dialect)) throw usage(`The dialect is one of ${Object.keys(DIALECTS).join(', ')}.`)
  // What a file names and nobody finds would be alerts that never come.
  const read = readBy(dialect, readDefinitions(paths, 'rules', true))
  if (complain(read)) return EXIT.faults
  const portable = portableOf(read.declared)
  if (inhibition) {
    writeOut([{ name: 'inhibition.yaml', text: inhibitionOf(portable) }], out)
    return EXIT.fine
  }
  // A composite needs its members, whichever service they are of: all are known when its rules are written.
  if (!portable.slos.some(({ definition }) => service === undefined || definition.service === service))
    throw usage(service ? `No SLO here is of ${service}.` : 'No SLO here is measured by Prometheus.')
  const groups = ofService(ruleGroups(portable, DIALECTS[dialect]), service)
  if (format === 'json') writeOut([{ name: 'headroom.json', text: `${JSON.stringify({ groups: [...groups] }, null, 2)}\n` }], out)
  else if (out === undefined) for (const text of renderedRules(groups, form, service ?? 'headroom')) process.stdout.write(text)
  else writeOut(byService(groups, form), out)
  return EXIT.fine
}

function* ofService(groups: Iterable<RuleGroup>, service: string | undefined): Generator<RuleGroup> {
  for (const group of groups) if (service === undefined || serviceOf(group.name) === service) yield group
}

/** Who evaluates the rules. */
const DIALECTS = { prometheus: 'prometheus', victoriametrics: 'victoriametrics' } as const
const isDialect = (dialect: string): dialect is keyof typeof DIALECTS => Object.hasOwn(DIALECTS, dialect)

/** What only another dialect reads is left out, with a warning: with one such query Prometheus loads none of the file. */
function readBy(dialect: keyof typeof DIALECTS, read: Definitions): Definitions {
  const { slos } = read.declared
  const unread = dialect === 'prometheus' ? slos.filter(({ metricsql }) => metricsql) : []
  if (unread.length === 0) return read
  const faults = unread.map(
    ({ place, name }): Fault => ({
      ...place,
      severity: 'warning',
      stage: 'validate',
      reason: `${name} is left out: its query is no PromQL. Write --dialect victoriametrics.`,
    }),
  )
  return {
    ...read,
    faults: inOrder([...read.faults, ...faults]),
    declared: { ...read.declared, slos: slos.filter((slo) => !unread.includes(slo)) },
  }
}

const isForm = (form: string): form is RuleForm => RULE_FORMS.some((known) => known === form)

/** Says what is wrong with what was read, beside the output; true when there are errors. */
export function complain({ faults, sources, ...read }: Definitions): boolean {
  if (faults.length > 0)
    process.stderr.write(lintText({ ...read, faults, files: sources.length, strict: false }, coloured(process.stderr)))
  return faults.some(({ severity }) => severity === 'error')
}

const serviceOf = (group: string): string => group.split('/')[1] as string

/** One file, and one document in it, for each service: Prometheus reads the first document of a file and no other. */
function byService(groups: Iterable<RuleGroup>, form: RuleForm) {
  const parts = new Map<string, RuleGroup[]>()
  for (const group of groups) {
    const service = serviceOf(group.name)
    parts.set(service, [...(parts.get(service) ?? []), group])
  }
  return [...parts].map(([service, own]) => ({
    name: `${service}.rules.yaml`,
    text: renderRules(own, form, `headroom-${service}`),
  }))
}
