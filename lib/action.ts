import 'server-only'
import type { z } from 'zod'
import type { Actor } from './auth/actor'
import { requireActor } from './auth/session'
import type { FieldIssue } from './errors'
import { log } from './log'
import { problemFor } from './problem'

export type ActionResult<T> = { ok: true; data: T } | { ok: false; status: number; message: string; issues: FieldIssue[] }

/** A server action: parses its input, finds the actor, runs the command, and returns refusals as values. */
export const action =
  <Input, Output>(schema: z.ZodType<Input>, command: (actor: Actor, input: Input) => Promise<Output>) =>
  async (input: unknown): Promise<ActionResult<Output>> =>
    outcome(async () => command(await requireActor(), schema.parse(input)))

/** The same for what nobody signed in may do. */
export const openAction =
  <Input, Output>(schema: z.ZodType<Input>, command: (input: Input) => Promise<Output>) =>
  async (input: unknown): Promise<ActionResult<Output>> =>
    outcome(async () => command(schema.parse(input)))

async function outcome<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, data: await work() }
  } catch (error) {
    const problem = problemFor(error)
    if (problem) return { ok: false, status: problem.status, message: problem.detail, issues: problem.errors ?? [] }
    log.error({ err: error }, 'action failed')
    return { ok: false, status: 500, message: 'Something went wrong on our side. Try again in a minute.', issues: [] }
  }
}
