import type { Actor } from '@/lib/auth/actor'
import { reportChoices, reportTeams } from '@/lib/report/reads-matrix'
import { readSubscriptions } from '@/lib/report/reads-subscriptions'

/** What the dialog for subscriptions offers, and those that the actor may end. */
export const subscribing = async (actor: Actor) => ({
  services: await reportChoices(actor),
  teams: await reportTeams(actor),
  subscriptions: await readSubscriptions(actor),
})
