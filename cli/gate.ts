import { appendFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { type GateReply as Answer, gateAnswerSchema, gateOf } from '../lib/api/decision-paths'
import { requestOf, requestSchema } from '../lib/api/decision-resources'
import { askGate, outcomeOf } from '../lib/decision/commands-gate'
import { releaseRequest } from '../lib/decision/reads-request'
import { gateSchema, idempotencyKeySchema } from '../lib/decision/schema'
import { HeadroomError } from '../lib/errors'
import { connectHere } from './connection'
import { GATE_EXIT } from './gate-exit'
import { gateMarkdown, gateText } from './gate-words'
import { answerOf, askApi, NoAnswer } from './remote'

export type GateOptions = {
  service: string
  risk?: string
  answers?: string
  changeType: string
  version?: string
  description?: string
  link?: string
  plannedAt?: string
  rollbackPlan?: string
  wait?: true | string
  idempotencyKey?: string
  ifUnreachable?: string
  summary?: string
  format?: string
  url?: string
  token?: string
}

const SYSTEM = { type: 'system', job: 'cli' } as const
const USUAL_WAIT = 60
const EVERY = 5_000

/** Asks the gate, waits for people if told to, says what it heard, and returns the exit code. */
export async function gate(options: GateOptions): Promise<number> {
  const open = modeOf(options)
  const say = speaker(options)
  try {
    const asked = await ask(options)
    say(asked)
    warn(asked, open)
    const answer = options.wait && waits(asked) ? await awaited(asked, options) : asked
    if (answer !== asked) say(answer)
    if (options.summary) appendFileSync(options.summary, `${gateMarkdown(answer)}\n`)
    return GATE_EXIT[answer.outcome]
  } catch (error) {
    if (!unreachable(error)) throw error
    const { message } = error as Error
    process.stderr.write(
      `${message} ${open ? 'The pipeline says: go on without an answer (open).' : 'Without an answer nothing goes out (closed).'}\n`,
    )
    return open ? GATE_EXIT.go : GATE_EXIT.unknown
  }
}

const unreachable = (error: unknown): boolean =>
  error instanceof NoAnswer || ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT'].includes((error as { code?: string }).code ?? '')

function modeOf({ ifUnreachable = process.env.HEADROOM_GATE_UNREACHABLE ?? 'closed' }: GateOptions): boolean {
  if (ifUnreachable === 'open' || ifUnreachable === 'closed') return ifUnreachable === 'open'
  throw new HeadroomError(
    'INVALID_INPUT',
    'Say --if-unreachable open or closed: what the pipeline does when Headroom does not answer.',
  )
}

/** What the pipeline does without an answer is the policy's to say: a difference is an accident that waits. */
function warn({ decision: { policy } }: Answer, open: boolean): void {
  const stated = policy.unreachable.portal
  if ((stated === 'open') !== open)
    process.stderr.write(
      `The policy “${policy.name}” says ${stated} for when Headroom does not answer; this pipeline says ${open ? 'open' : 'closed'}. Set --if-unreachable ${stated}.\n`,
    )
}

function speaker({ format = 'text' }: GateOptions): (answer: Answer) => void {
  const forms = { text: gateText, markdown: gateMarkdown, json: (answer: Answer) => JSON.stringify(answer) }
  const form = forms[format as keyof typeof forms]
  if (!form) throw new HeadroomError('INVALID_INPUT', 'The format is text, json or markdown.')
  return (answer) => process.stdout.write(`${form(answer)}\n`)
}

const addressOf = ({ url }: GateOptions): string | undefined => url ?? process.env.HEADROOM_URL
const tokenOf = ({ token }: GateOptions): string | undefined => token ?? process.env.HEADROOM_TOKEN

async function ask(options: GateOptions): Promise<Answer> {
  const { service, risk, changeType, version, description, link, plannedAt, rollbackPlan, idempotencyKey } = options
  const told = {
    service,
    changeType,
    ...given({ risk, version, description, plannedAt, rollbackPlan }),
    answers: answersOf(options),
    links: link ? [link] : [],
  }
  const question = gateSchema.parse(told)
  const key = idempotencyKey === undefined ? undefined : idempotencyKeySchema.parse(idempotencyKey)
  const address = addressOf(options)
  if (address) {
    const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key }
    return answerOf(gateAnswerSchema, await askApi(address, '/api/v1/gate', tokenOf(options), told, headers))
  }
  connectHere()
  return gateOf((await askGate(SYSTEM, question, { key, body: told })).answer)
}

const given = (values: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

/** `--answers data,back`: the questions that are answered with yes. */
function answersOf({ answers }: GateOptions): Record<string, boolean> | null {
  if (answers === undefined) return null
  const yes = answers
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  const names = ['data', 'contract', 'spread', 'back', 'untested']
  const strange = yes.find((name) => !names.includes(name))
  if (strange) throw new HeadroomError('INVALID_INPUT', `“${strange}” is none of the five questions: ${names.join(', ')}.`)
  return Object.fromEntries(names.map((name) => [name, yes.includes(name)]))
}

/** A review waits for people, a deferral for better days; a block waits for nothing by itself. */
const waits = ({ request, decision }: Answer): boolean =>
  request?.status === 'decided' && (decision.decision === 'review' || decision.decision === 'defer')

async function awaited(asked: Answer, options: GateOptions): Promise<Answer> {
  const { request } = asked
  if (!request) throw new HeadroomError('INVALID_INPUT', 'Only what is asked for can be approved: give --version to wait for it.')
  const minutes = options.wait === true ? USUAL_WAIT : Number(options.wait)
  if (!(minutes > 0)) throw new HeadroomError('INVALID_INPUT', 'Say how many minutes to wait, for example --wait 30.')
  const until = performance.now() + minutes * 60_000
  process.stderr.write(`Waiting for R-${request.id}, at most ${minutes} min.\n`)
  let answer = asked
  while (waits(answer) && performance.now() < until) {
    await pause(Math.min(EVERY, Math.max(0, until - performance.now())))
    // Somebody is asked already: a moment without an answer is no answer to them.
    answer = await again(answer, request.id, options).catch((error: unknown) => {
      if (unreachable(error)) return answer
      throw error
    })
  }
  return answer
}

async function again(answer: Answer, id: number, options: GateOptions): Promise<Answer> {
  const address = addressOf(options)
  const found = address
    ? answerOf(requestSchema, await askApi(address, `/api/v1/release-requests/${id}`, tokenOf(options)))
    : requestOf(await releaseRequest(SYSTEM, id))
  const { status, revision, evaluation } = found
  const decision = evaluation ?? answer.decision
  return { ...answer, decision, outcome: outcomeOf(status, decision.decision), request: { id, status, revision } }
}
