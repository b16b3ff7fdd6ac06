import type { Command } from 'commander'
import { HeadroomError } from '../lib/errors'
import { RULE_FORMS } from '../lib/prometheus-rules/render'
import { EXIT } from './definitions'
import { type LintOptions, lint } from './lint'
import { type RulesOptions, rules } from './rules'

const PATHS = 'files, folders (all .yaml, .yml and .json in them), or - for the standard input'

/** Commands about files of definitions: they need no database and no network. */
export function addFileCommands(program: Command): void {
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('[paths...]', PATHS)
      .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT.usage))

  command('lint', 'are these definitions of SLOs right? Exit code 0 yes, 1 no, 2 cannot tell')
    .option('--format <format>', 'text or json', 'text')
    .option('--strict', 'warnings count as errors')
    .option('--whole', 'the files are all there is: what they name has to be among them (always so for a folder)')
    .addHelpText(
      'after',
      `
Reads OpenSLO v1 (v1alpha and v2alpha with a warning), slo.dev/v1, Sloth, Pyrra and google/slo-generator.

Examples:
  headroom lint slos/
  headroom lint checkout.yaml payments.yaml --strict
  kubectl get slo -A -o yaml | headroom lint - --format json`,
    )
    .action(exiting<LintOptions>(lint))

  command('rules', 'rules of Prometheus for these SLOs: counts, burn rates, budgets and alerts')
    .option('--form <form>', `${RULE_FORMS.join(', ')}`, 'prometheus')
    .option('--out <folder>', 'writes a file for each service there')
    .option('--service <slug>', 'only the SLOs of this service')
    .option('--format <format>', 'yaml, or json for programs', 'yaml')
    .addHelpText(
      'after',
      `
Exit code 0 written, 1 the definitions are wrong and nothing is written, 2 cannot tell.

Examples:
  headroom rules slos/ > headroom.rules.yaml && promtool check rules headroom.rules.yaml
  headroom rules slos/ --form prometheus-rule --out manifests/
  headroom rules slos/ --form mimir | mimirtool rules load /dev/stdin
  kubectl get slo -A -o yaml | headroom rules -`,
    )
    .action(exiting<RulesOptions>(rules))
}

const exiting =
  <Options>(run: (paths: string[], options: Options) => number) =>
  (paths: string[], options: Options): void => {
    try {
      process.exitCode = run(paths, options)
    } catch (error) {
      const known = error instanceof HeadroomError || (error as { code?: string }).code !== undefined
      if (!known) throw error
      process.stderr.write(`${(error as Error).message}\n`)
      process.exitCode = EXIT.usage
    }
  }
