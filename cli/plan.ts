import { appendFileSync } from 'node:fs'
import { styleText } from 'node:util'
import { z } from 'zod'
import { appliedOf, appliedSchema, planReplySchema, refusalSchema } from '../lib/api/slo-as-code-paths'
import { disconnect } from '../lib/db/client'
import { HeadroomError } from '../lib/errors'
import { oneLine } from '../lib/printable'
import { applyFiles } from '../lib/slo-as-code/commands-apply'
import { textOf } from '../lib/slo-as-code/encoding'
import { changesAnything, hasErrors, type Plan } from '../lib/slo-as-code/plan'
import { planMarkdown, planText, type Style } from '../lib/slo-as-code/plan-words'
import { readFiles, type SourceFile } from '../lib/slo-as-code/read-files'
import { planFiles } from '../lib/slo-as-code/reads-plan'
import { applySchema, planSchema } from '../lib/slo-as-code/schema'
import { connectHere } from './connection'
import { coloured, EXIT, sourcesOf, usage } from './definitions'
import { optionWords, planInOptions } from './option-words'
import { answerOf, askApi } from './remote'

export type PlanOptions = {
  owner?: string
  prune?: boolean
  adopt?: boolean
  source?: string
  team?: string
  tier?: string
  serviceKind?: string
  format?: string
  summary?: string
  detailedExit?: boolean
  url?: string
  token?: string
}
export type ApplyOptions = PlanOptions & { expect?: string; revision?: string; repository?: string }

/** As `diff` and others do it; 2 means something else here. */
const CHANGES = 3
const SYSTEM = { type: 'system', job: 'cli' } as const
/** Sources are asked, and a thousand SLOs are written at once. */
const PATIENCE = 150_000

/** Says what files would change, and for which budgets. */
export async function plan(paths: string[], options: PlanOptions): Promise<number> {
  const { sources, ...asked } = bodyOf(paths, options, 'plan')
  const found = await outcome('plan', asked.owner, async () => {
    const body = { ...asked, files: textsOf(sources) }
    const address = options.url ?? process.env.HEADROOM_URL
    if (address) return answerOf(planReplySchema, await ask(address, 'plan', options, body)) as Plan
    connectHere()
    return planFiles(SYSTEM, planSchema.parse(body))
  })
  say(found.plan, options, false)
  if (found.failed || !found.plan.ok) return EXIT.faults
  return options.detailedExit && changesAnything(found.plan) ? CHANGES : EXIT.fine
}

/** Makes the portal what the files say, all of it or nothing. */
export async function apply(paths: string[], options: ApplyOptions): Promise<number> {
  const {
    expect = null,
    revision = process.env.GITHUB_SHA ?? process.env.CI_COMMIT_SHA ?? null,
    repository = repositoryHere(),
  } = options
  const { sources, ...asked } = bodyOf(paths, options, 'apply')
  const found = await outcome('apply', asked.owner, async () => {
    const body = { ...asked, files: textsOf(sources), expect, revision, repository }
    const address = options.url ?? process.env.HEADROOM_URL
    if (address) return answerOf(appliedSchema, await ask(address, 'apply', options, body)).plan as Plan
    connectHere()
    return appliedOf(await applyFiles(SYSTEM, applySchema.parse(body))).plan as Plan
  })
  say(found.plan, options, !found.failed)
  return found.failed ? EXIT.faults : EXIT.fine
}

/** Where a pipeline says that its files are. */
function repositoryHere(): string | null {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, CI_PROJECT_URL } = process.env
  return GITHUB_SERVER_URL && GITHUB_REPOSITORY ? `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}` : (CI_PROJECT_URL ?? null)
}

const ask = (address: string, what: 'plan' | 'apply', { token = process.env.HEADROOM_TOKEN }: PlanOptions, body: object) =>
  askApi(address, `/api/v1/slo-as-code/${what}`, token, body, {}, PATIENCE)

function bodyOf(paths: string[], options: PlanOptions, command: string) {
  const { owner = null, prune = false, adopt = false, source = null, team = null, tier = null, serviceKind = null } = options
  if (!['text', 'json', 'markdown'].includes(options.format ?? 'text')) throw usage('The format is text, json or markdown.')
  if (prune && owner === null) throw usage('Only what a set of files made can be pruned: name it with --owner.')
  return { sources: sourcesOf(paths, command), owner, prune, adopt, source, team, tier, serviceKind }
}

/** What cannot be read as text cannot be sent: then all faults of all files are said here, as `lint` says them. */
function textsOf(sources: SourceFile[]): { name: string; content: string }[] {
  const texts = sources.flatMap(({ name, content, size, unread }) => {
    const text = unread ? null : textOf(content, size)
    return text?.ok ? [{ name, content: text.text }] : []
  })
  if (texts.length === sources.length) return texts
  const { faults } = readFiles(sources, { whole: true, now: Math.floor(Date.now() / 1000) })
  throw new HeadroomError('INVALID_INPUT', 'Some of these files cannot be read.', [], { faults })
}

/** What is refused because of the files or of what is there comes with a plan, or with faults: that is an answer as well. */
async function outcome(
  command: 'plan' | 'apply',
  owner: string | null,
  work: () => Promise<Plan>,
): Promise<{ plan: Plan; failed: boolean }> {
  try {
    const found = await work()
    return { plan: found, failed: hasErrors(found.faults) }
  } catch (error) {
    const refusal = error instanceof HeadroomError ? refusalSchema.safeParse(error.extension) : null
    const { faults, plan: seen } = refusal?.data ?? {}
    if (!faults && !seen) throw asUsage(error)
    const plan = (seen ?? { ...NOTHING, owner, faults }) as Plan
    if (command === 'apply') process.stderr.write(`${oneLine(whyNothing(plan, (error as Error).message))}\n`)
    return { plan, failed: true }
  } finally {
    await disconnect()
  }
}

/** The plan says each fault and each refusal, at its place: here is only said that nothing was written, and why that is not in the plan. */
function whyNothing({ faults, items }: Plan, sentence: string): string {
  const errors = faults.filter(({ severity }) => severity === 'error').length
  if (errors > 0) return `Nothing was applied: there ${errors === 1 ? 'is an error' : `are ${errors} errors`}.`
  const refused = items.filter(({ reason }) => reason !== null)
  if (!refused.some(({ reason }) => sentence.includes(reason ?? ''))) return optionWords(sentence)
  return `Nothing was applied: ${refused.length === 1 ? `${refused[0]?.key} is` : `${refused.length} are`} refused.`
}

const asUsage = (error: unknown): unknown =>
  error instanceof z.ZodError ? usage(error.issues[0]?.message ?? 'The input cannot be read.') : error

const NOTHING = {
  ...{ ok: false, items: [], notes: [], fingerprint: '' },
  counts: { create: 0, change: 0, delete: 0, unchanged: 0, refused: 0 },
}

function say(found: Plan, { format = 'text', summary }: PlanOptions, done: boolean): void {
  const paint = (style: Style, text: string) => (coloured() ? styleText(style, text, { validateStream: false }) : text)
  const read = planInOptions(found)
  const forms = {
    text: () => planText(read, paint, done),
    markdown: () => planMarkdown(read, done),
    json: () => JSON.stringify(found, null, 2),
  }
  process.stdout.write(`${forms[format as keyof typeof forms]()}\n`)
  if (summary) appendFileSync(summary, planMarkdown(read, done))
}
