import { z } from 'zod'
import type { UnixSeconds } from '../time-series/units'

/** What somebody breaks on purpose, to see what happens: a share of a service's requests fails until a time. */
export const newFaultSchema = z.object({
  service: z.string().min(1),
  share: z.number({ error: 'The share is a number above 0, at most 1.' }).gt(0).max(1).default(1),
  /** ends by itself, so that a forgotten one does not burn for ever */
  minutes: z.number({ error: 'Minutes are a number above 0, at most 1440.' }).gt(0).max(1440).default(30),
})
export type NewFault = z.infer<typeof newFaultSchema>
export type Fault = { service: string; share: number; until: UnixSeconds }

export class Faults {
  private readonly active = new Map<string, Fault>()

  break({ service, share, minutes }: NewFault, now: UnixSeconds): Fault {
    const fault = { service, share, until: now + Math.round(minutes * 60) }
    this.active.set(service, fault)
    return fault
  }

  /** False when nothing was broken. */
  mend = (service: string): boolean => this.active.delete(service)

  list = (now: UnixSeconds): Fault[] => [...this.active.values()].filter(({ until }) => until > now)

  shareOf(service: string, at: UnixSeconds): number {
    const fault = this.active.get(service)
    return fault && at <= fault.until ? fault.share : 0
  }
}
