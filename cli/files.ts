import type { Command } from 'commander'
import { HeadroomError } from '../lib/errors'
import { RULE_FORMS } from '../lib/prometheus-rules/render'
import { type ConvertOptions, convert } from './convert'
import { type DashboardsOptions, dashboards } from './dashboards'
import { EXIT } from './definitions'
import { type LintOptions, lint } from './lint'
import { type RulesOptions, rules } from './rules'
import { isSystemError, systemSentence } from './system-words'

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

  command('convert', 'definitions of SLOs in another format: OpenSLO v1')
    .option('--to <format>', 'openslo', 'openslo')
    .option('--out <folder>', 'writes a file for each service there')
    .option('--format <format>', 'yaml, or json for programs', 'yaml')
    .addHelpText(
      'after',
      `
Exit code 0 written, 1 the definitions are wrong and nothing is written, 2 cannot tell.

Examples:
  headroom convert sloth.yaml > openslo.yaml
  headroom convert slos/ --to openslo --out openslo/
  kubectl get slo -A -o yaml | headroom convert - --format json`,
    )
    .action(exiting<ConvertOptions>(convert))

  command('rules', 'rules of Prometheus for these SLOs: counts, burn rates, budgets and alerts')
    .option('--form <form>', `${RULE_FORMS.join(', ')}`, 'prometheus')
    .option('--out <folder>', 'writes a file for each service there')
    .option('--service <slug>', 'only the SLOs of this service')
    .option('--dialect <dialect>', 'who evaluates them: prometheus (Thanos, Mimir), or victoriametrics', 'prometheus')
    .option('--format <format>', 'yaml, or json for programs', 'yaml')
    .option('--inhibition', 'inhibit_rules of Alertmanager instead: what mutes what')
    .addHelpText(
      'after',
      `
Exit code 0 written, 1 the definitions are wrong and nothing is written, 2 cannot tell.

Examples:
  headroom rules slos/ > headroom.rules.yaml && promtool check rules headroom.rules.yaml
  headroom rules slos/ --form prometheus-rule --out manifests/
  headroom rules slos/ --form mimir | mimirtool rules load /dev/stdin
  headroom export | headroom rules - --inhibition > inhibition.yaml
  kubectl get slo -A -o yaml | headroom rules -`,
    )
    .action(exiting<RulesOptions>(rules))

  command('dashboards', 'dashboards of Grafana for these SLOs: an overview and one for each service')
    .option('--out <folder>', 'writes a file for each there')
    .option('--service <slug>', 'only the one of this service')
    .option('--overview', 'only the overview')
    .option('--portal <address>', 'where people open Headroom, for links')
    .option('--format <format>', 'grafana, or json: all of them as one document', 'grafana')
    .addHelpText(
      'after',
      `
They show what the rules of \`headroom rules\` record, in Grafana 12 or newer.
Exit code 0 written, 1 the definitions are wrong and nothing is written, 2 cannot tell.

Examples:
  headroom dashboards slos/ --out grafana/ --portal https://headroom.example.org
  headroom dashboards slos/ --service cart-api > cart-api.json
  headroom export | headroom dashboards - --overview`,
    )
    .action(exiting<DashboardsOptions>(dashboards))
}

const exiting =
  <Options>(run: (paths: string[], options: Options) => number) =>
  (paths: string[], options: Options): void => {
    try {
      process.exitCode = run(paths, options)
    } catch (error) {
      if (!(error instanceof HeadroomError || isSystemError(error))) throw error
      process.stderr.write(`${systemSentence(error)}\n`)
      process.exitCode = EXIT.usage
    }
  }
