import type { Command } from 'commander'
import { HeadroomError } from '../lib/errors'
import { LINT_EXIT, type LintOptions, lint } from './lint'

/** Commands about files of definitions: they need no database and no network. */
export function addFileCommands(program: Command): void {
  program
    .command('lint')
    .description('are these definitions of SLOs right? Exit code 0 yes, 1 no, 2 cannot tell')
    .argument('[paths...]', 'files, folders (all .yaml, .yml and .json in them), or - for the standard input')
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
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : LINT_EXIT.usage))
    .action((paths: string[], options: LintOptions) => {
      try {
        process.exitCode = lint(paths, options)
      } catch (error) {
        const known = error instanceof HeadroomError || (error as { code?: string }).code !== undefined
        if (!known) throw error
        process.stderr.write(`${(error as Error).message}\n`)
        process.exitCode = LINT_EXIT.usage
      }
    })
}
