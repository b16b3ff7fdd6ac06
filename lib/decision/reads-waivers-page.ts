import 'server-only'
import type { Actor } from '../auth/actor'
import { canAskForRelease } from './policy'
import { type ServiceToAskFor, servicesToAskFor } from './reads-queue'
import { listWaivers, type WaiverInfo } from './reads-waivers'

export type WaiverGroup = { title: string; rule: string; waivers: WaiverInfo[] }

/** Everything the page of waivers shows; `listWaivers` authorizes. */
export async function waiversPage(
  actor: Actor,
  service: string | undefined,
): Promise<{ groups: WaiverGroup[]; services: ServiceToAskFor[] }> {
  const all = await listWaivers(actor, { service })
  const over = all.filter(({ status }) => status !== 'asked' && status !== 'active')
  const unread = (one: WaiverInfo) => one.activeFrom !== null && one.reviewedAt === null
  const groups: WaiverGroup[] = [
    { title: 'Waiting for signatures', rule: 'it takes two people', waivers: all.filter(({ status }) => status === 'asked') },
    { title: 'In force', rule: '', waivers: all.filter(({ status }) => status === 'active') },
    {
      title: 'For the next review',
      rule: 'they were in force, and nobody has looked at them since',
      waivers: over.filter(unread),
    },
    { title: 'Past', rule: '', waivers: over.filter((one) => !unread(one)) },
  ]
  return {
    groups: groups.filter(({ waivers }) => waivers.length > 0),
    services: canAskForRelease(actor) ? await servicesToAskFor(actor) : [],
  }
}
