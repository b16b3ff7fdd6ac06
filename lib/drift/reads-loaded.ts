import type { PrometheusClient } from '../prometheus/client'
import { PrometheusRefused, PrometheusUnavailable } from '../prometheus/errors'
import type { UnixSeconds } from '../time-series/units'
import type { CheckProblem } from './check'
import { sourceClock } from './compare'
import { type LoadedGroup, loadedGroups } from './loaded'

export type Loaded = { ok: true; groups: LoadedGroup[]; now: UnixSeconds } | { ok: false; problem: CheckProblem; message: string }

/** What a source has loaded, in one question, and what time it is there. Never throws for what a source says. */
export async function askLoaded(client: PrometheusClient, now: UnixSeconds): Promise<Loaded> {
  try {
    const answer = await client.rules()
    if (!answer)
      return {
        ...{ ok: false, problem: 'no-rules' },
        message:
          'It has no /api/v1/rules: it is no Prometheus, or one that evaluates no rules. Name the one that does, with its path.',
      }
    const groups = loadedGroups(answer.data)
    if (!groups) return { ok: false, problem: 'unreadable', message: 'What it answers to /api/v1/rules is no list of rules.' }
    return { ok: true, groups, now: sourceClock(groups, answer.date ?? now) }
  } catch (error) {
    if (!(error instanceof PrometheusUnavailable || error instanceof PrometheusRefused)) throw error
    return { ok: false, problem: 'unreachable', message: error.message }
  }
}
