import { Command } from 'commander'
import pkg from '../package.json' with { type: 'json' }
import type { FaultOptions } from './demo'
import { addDriftCommand } from './drift-command'
import type { ExportOptions } from './export'
import { addFileCommands } from './files'
import type { GateOptions } from './gate'
import { GATE_EXIT } from './gate-exit'
import { addGitOpsCommands } from './gitops'
import { endWithReader } from './pipe'
import type { ReleaseOptions } from './release'
import type { ReportOptions } from './report'
import { isWrongUsage, sentenceOf } from './sentences'
import type { StatusOptions } from './status'
import type { TokenOptions } from './token'

// What a command needs is loaded when it runs: files are read without a database, and help is there at once.
// Exit codes: 0 done, 1 refused or failed (one sentence on the error output), 2 wrong usage. Commands that a pipeline decides by
// say in their help what theirs mean.

/** Runs a command that is loaded now, and says what it says. */
const say =
  <Options>(load: () => Promise<(options: Options) => Promise<string>>) =>
  async (options: Options): Promise<void> => {
    try {
      const command = await load()
      process.stdout.write(`${await command(options)}\n`)
      process.exitCode = 0
    } catch (error) {
      process.stderr.write(`${sentenceOf(error)}\n`)
      process.exitCode = isWrongUsage(error) ? 2 : 1
    }
  }

endWithReader(process.stdout, process.stderr, process)

const program = new Command('headroom')
  .description('The SLO portal on the command line')
  .version(pkg.version)
  // Commands have a --version of their own: of a release.
  .enablePositionalOptions()
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))

program
  .command('status')
  .description('all SLOs, worst first')
  .option('--state <states>', 'only these states, with commas')
  .option('--tier <tiers>', 'only these tiers')
  .option('--team <teams>', 'only these teams')
  .option('--service <slugs>', 'only these services')
  .option('--q <words>', 'only what contains these words')
  .option('--json', 'as JSON, for programs')
  .option('--url <address>', 'another Headroom (HEADROOM_URL)')
  .option('--token <secret>', 'API token for it (HEADROOM_TOKEN)')
  .action(say<StatusOptions>(async () => (await import('./status')).status))

program
  .command('release')
  .description('says that a version went out')
  .requiredOption('--service <slug>', 'of which service')
  .requiredOption('--version <version>', 'for example 1.42.0 or a commit')
  .option('--at <instant>', 'when, for example 2026-07-15T12:00:00Z; without it, now')
  .option('--link <address>', 'where to read about it')
  .option('--description <words>', 'what is in it')
  .option('--url <address>', 'another Headroom (HEADROOM_URL)')
  .option('--token <secret>', 'API token for it (HEADROOM_TOKEN)')
  .action(say<ReleaseOptions>(async () => (await import('./release')).release))

program
  .command('gate')
  .description('may a release go out now? Exit code 0 go, 1 no, 2 a person has to decide, 3 cannot tell')
  .requiredOption('--service <slug>', 'of which service')
  .requiredOption('--change-type <type>', 'feature, reliability_fix or security_fix')
  .option('--risk <risk>', 'low, medium or high')
  .option('--answers <names>', 'instead of the risk: which of data,contract,spread,back,untested are true')
  .option('--version <version>', 'asks for this release, so that people can approve it; without it, only a question')
  .option('--description <words>', 'what is in it')
  .option('--link <address>', 'where to read about it')
  .option('--planned-at <instant>', 'when it is to go out, for example 2026-07-15T12:00:00Z')
  .option('--rollback-plan <words>', 'how it is taken back')
  .option('--wait [minutes]', 'waits for people or better days, 60 minutes unless said otherwise')
  .option('--idempotency-key <key>', 'for a week the same key is about the same request')
  .option('--if-unreachable <mode>', 'open or closed: what to do when Headroom does not answer (HEADROOM_GATE_UNREACHABLE)')
  .option('--summary <file>', 'appends the answer as Markdown, for example to $GITHUB_STEP_SUMMARY')
  .option('--format <format>', 'text, json or markdown', 'text')
  .option('--url <address>', 'another Headroom (HEADROOM_URL)')
  .option('--token <secret>', 'API token for it (HEADROOM_TOKEN)')
  .addHelpText(
    'after',
    `
Examples:
  headroom gate --service cart-api --risk low --change-type feature
  headroom gate --service cart-api --risk high --change-type feature --version 1.42.0 --wait 30 --summary "$GITHUB_STEP_SUMMARY"`,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : GATE_EXIT.unknown))
  .action(async (options: GateOptions) => {
    // It may wait for an hour: what it needs then is loaded now.
    const [{ gate }, { disconnect }] = await Promise.all([import('./gate'), import('../lib/db/client')])
    try {
      process.exitCode = await gate(options)
    } catch (error) {
      process.stderr.write(`${sentenceOf(error)}\n`)
      process.exitCode = GATE_EXIT.unknown
    } finally {
      await disconnect()
    }
  })

addFileCommands(program)
addDriftCommand(program)
addGitOpsCommands(program)

program
  .command('export')
  .description('what the portal measures, as files of OpenSLO v1')
  .option('--service <slugs>', 'only these services, with commas')
  .option('--out <folder>', 'writes a file for each service there')
  .option('--format <format>', 'yaml, or json for programs', 'yaml')
  .option('--url <address>', 'another Headroom (HEADROOM_URL)')
  .option('--token <secret>', 'API token for it (HEADROOM_TOKEN)')
  .addHelpText(
    'after',
    `
Exit code 0 written; 2 not written: wrong usage, or the portal does not answer, or refuses.

Examples:
  headroom export --out slos/ && git add slos/
  headroom export --service cart-api > cart-api.yaml
  headroom export --url https://headroom.example.org | headroom rules -`,
  )
  .action(async (options: ExportOptions) => {
    try {
      const { exported } = await import('./export')
      await exported(options)
      process.exitCode = 0
    } catch (error) {
      process.stderr.write(`${sentenceOf(error)}\n`)
      process.exitCode = 2
    }
  })

program
  .command('report [service]')
  .description('builds the report of a month that is over, of a service or of “organisation”')
  .option('--all', 'of every service, and of the organisation')
  .option('--month <month>', 'for example 2026-06; without it, the last one that is over')
  .option('--preview', 'what it would say now; nothing is kept')
  .option('--format <format>', 'html, json or csv; without it, a summary')
  .option('--out <file>', 'writes it there')
  .option('--url <address>', 'another Headroom (HEADROOM_URL)')
  .option('--token <secret>', 'API token for it (HEADROOM_TOKEN)')
  .action((service: string | undefined, options: ReportOptions) =>
    say<ReportOptions>(async () => {
      const { report } = await import('./report')
      return (asked) => report(service, asked)
    })(options),
  )

const token = program.command('token').description('API tokens')
token
  .command('create')
  .description('makes a token and prints its secret once')
  .requiredOption('--name <name>', 'who uses it')
  .option('--role <role>', 'viewer, engineer, slo_owner, product_owner or administrator', 'viewer')
  .option('--days <days>', 'how long it is valid', Number)
  .action(say<TokenOptions>(async () => (await import('./token')).create))
token
  .command('list')
  .description('those that are valid, and when they were last used')
  .action(say<object>(async () => (await import('./token')).list))
token
  .command('revoke')
  .description('ends a token at once')
  .requiredOption('--token <token>', 'its name, or the first characters of its secret')
  .action(say<{ token: string }>(async () => (await import('./token')).revoke))

const demo = program.command('demo').description('the demo that runs here')
demo
  .command('break')
  .description('lets a share of the requests of a demo service fail, for a while')
  .requiredOption('--service <slug>', 'which one')
  .option('--share <share>', 'above 0, at most 1', Number, 1)
  .option('--minutes <minutes>', 'it ends by itself then', Number, 30)
  .action(say<FaultOptions>(async () => (await import('./demo')).breakService))
demo
  .command('mend')
  .description('ends that')
  .requiredOption('--service <slug>', 'which one')
  .action(say<FaultOptions>(async () => (await import('./demo')).mendService))

await program.parseAsync()
