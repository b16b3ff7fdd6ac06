import type { Command } from 'commander'
import { EXIT } from './definitions'
import type { ApplyOptions, PlanOptions } from './plan'
import { systemSentence } from './system-words'

/** Commands that bring files into a portal: the one that runs here, or another one. */
export function addGitOpsCommands(program: Command): void {
  const command = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument('[paths...]', 'files, folders (all .yaml, .yml and .json in them), or - for the standard input')
      .option('--owner <name>', 'the set of files that manages what it makes, for example shop/slos; without it, nobody does')
      .option('--prune', 'delete what the set made and its files no longer declare')
      .option('--adopt', 'take over what is there and managed by nobody')
      .option('--source <name>', 'the source of SLOs whose files name none')
      .option('--team <slug>', 'team of new services whose labels name none')
      .option('--tier <tier>', 'tier of new services: critical, essential, standard or best_effort')
      .option('--service-kind <kind>', 'kind of new services: api, web, batch or streaming')
      .option('--format <format>', 'text, json or markdown', 'text')
      .option('--summary <file>', 'appends it as Markdown, for example to $GITHUB_STEP_SUMMARY')
      .option('--url <address>', 'another Headroom (HEADROOM_URL)')
      .option('--token <secret>', 'API token for it (HEADROOM_TOKEN)')
      .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : EXIT.usage))

  command('plan', 'what applying these files would do, in words and for each budget; nothing is written')
    .option('--detailed-exit', 'exit with 3 when there is something to apply')
    .addHelpText(
      'after',
      `
Exit code 0 it can be applied, or there is nothing to do; 1 the files are wrong or something is refused; 2 cannot tell.

Examples:
  headroom plan slos/ --owner shop/slos --prune
  headroom plan slos/ --owner shop/slos --format markdown > comment.md
  headroom plan checkout.yaml --url https://headroom.example.org --format json`,
    )
    .action(exiting<PlanOptions>(async (paths, options) => (await import('./plan')).plan(paths, options)))

  command('apply', 'makes the portal what these files say, all of it or nothing')
    .option('--expect <fingerprint>', 'of the plan that was looked at; anything else is refused')
    .option('--revision <commit>', 'which commit this is (GITHUB_SHA, CI_COMMIT_SHA)')
    .option('--repository <address>', 'where the files are, for people')
    .addHelpText(
      'after',
      `
Exit code 0 applied; 1 the files are wrong or something is refused, and nothing was written; 2 cannot tell.

Examples:
  headroom apply slos/ --owner shop/slos --prune
  headroom apply slos/ --owner shop/slos --expect 0123456789abcdef --revision "$(git rev-parse HEAD)"
  headroom apply slos/ --owner shop/slos --adopt      # once: takes over what people made`,
    )
    .action(exiting<ApplyOptions>(async (paths, options) => (await import('./plan')).apply(paths, options)))
}

const exiting =
  <Options>(run: (paths: string[], options: Options) => Promise<number>) =>
  async (paths: string[], options: Options): Promise<void> => {
    try {
      process.exitCode = await run(paths, options)
    } catch (error) {
      process.stderr.write(`${systemSentence(error)}\n`)
      process.exitCode = EXIT.usage
    }
  }
