import type { Command } from 'commander'
import { EXIT } from './definitions'
import type { DriftOptions } from './drift'
import { systemSentence } from './system-words'

/** Reads files and a Prometheus without a portal, and a portal where one is named or runs here. */
export function addDriftCommand(program: Command): void {
  program
    .command('drift')
    .description(
      'do files, the portal and the rules that Prometheus has loaded say the same? Exit code 0 yes, 1 no, 2 cannot tell',
    )
    .argument('[paths...]', 'files, folders, or - for the standard input; without them, what the portal knows')
    .option('--prometheus <address>', 'asks this one now, without a portal unless --url names one')
    .option('--owner <name>', 'the set of files that these are, for example shop/slos')
    .option('--source <name>', 'only SLOs of this source; of files that name none, the source they are meant for')
    .option('--format <format>', 'text, json or markdown', 'text')
    .option('--summary <file>', 'appends it as Markdown, for example to $GITHUB_STEP_SUMMARY')
    .option('--url <address>', 'another Headroom (HEADROOM_URL)')
    .option('--token <secret>', 'API token for it (HEADROOM_TOKEN)')
    .addHelpText(
      'after',
      `
Rules are compared by what they mean: Prometheus writes them in its own way.

Examples:
  headroom drift
  headroom drift slos/ --prometheus http://prometheus:9090
  headroom drift slos/ --owner shop/slos --url https://headroom.example.org --format markdown`,
    )
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT.usage))
    .action(async (paths: string[], options: DriftOptions) => {
      try {
        const { drift } = await import('./drift')
        process.exitCode = await drift(paths, options)
      } catch (error) {
        process.stderr.write(`${systemSentence(error)}\n`)
        process.exitCode = EXIT.usage
      }
    })
}
