import { z } from 'zod'
import type { UnixSeconds } from '../time-series/units'
import type { Timer } from './timer'

/** One line of the checklist that is done. */
export const ticksSchema = z.array(z.object({ line: z.number().int().nonnegative(), by: z.string(), at: z.number().int() }))
export type Tick = z.output<typeof ticksSchema>[number]

export type CapturedDecision = { id: number; item: string; text: string; by: string; at: UnixSeconds }
export type CapturedAction = {
  id: number
  version: number
  item: string
  title: string
  owner: { id: string; name: string } | null
  dueOn: string | null
  at: UnixSeconds
}

/** All of a review that moves: what everybody who follows it is told. */
export type Live = {
  id: number
  /** of everything; a smaller one is older news */
  revision: number
  /** of step and timer */
  sequence: number
  status: 'running' | 'closed'
  step: number
  timer: Timer
  facilitator: string
  ticks: Tick[]
  decisions: CapturedDecision[]
  actions: CapturedAction[]
  /** open actions that were carried over and are done now, by number */
  done: number[]
  /** clock of the server when this was read */
  now: UnixSeconds
}
