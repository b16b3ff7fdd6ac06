import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { pool } from '../db/client'
import { type Decision, RISKS, type Risk } from '../release/vocabulary'
import type { UnixSeconds } from '../time-series/units'
import { askedService } from './commands'
import { decide } from './decide'
import { canReadDecisions, WHO_READS } from './policy'
import { inputFor } from './reads-input'

export type ServiceGate = {
  /** what would be decided about a feature now */
  answers: { risk: Risk; decision: Decision; why: string }[]
  waivers: { id: number; untilTs: UnixSeconds }[]
}

/** Whether a feature of low, medium and high risk may go out now, for the page of a service. */
export async function serviceGate(actor: Actor, slug: string, now = Math.floor(Date.now() / 1000)): Promise<ServiceGate> {
  authorize(canReadDecisions(actor), WHO_READS)
  const service = await askedService(slug)
  const change = { type: 'feature', risk: 'low', plannedAt: null } as const
  const input = await inputFor(pool(), { service, change, request: null }, now, { ease: false })
  return {
    answers: RISKS.map((risk) => {
      const { decision, rationale } = decide({ ...input, change: { ...change, risk } })
      return { risk, decision, why: rationale[0] ?? '' }
    }),
    waivers: input.waivers.map(({ id, untilTs }) => ({ id, untilTs })),
  }
}
