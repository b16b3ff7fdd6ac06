import 'server-only'
import type { Actor } from '../auth/actor'
import { outcomesOf } from '../decision/reads-outcome'
import { listReleases, releasedServices, waitingAttributions } from './reads'
import { burnsAround } from './reads-burn'
import { releaseFilterSchema } from './schema'

/** Everything the page of releases shows. What an address asks for and cannot be read is as if it were not there. */
export async function releasesPage(actor: Actor, asked: Record<string, unknown>, now = Math.floor(Date.now() / 1000)) {
  const { service: slug, before } = releaseFilterSchema.shape
  const service = slug.safeParse(asked.service).data
  const filter = { service, before: before.safeParse(asked.before).data, limit: 50 }
  const { items, next } = await listReleases(actor, filter, now)
  const ids = items.map(({ id }) => id)
  return {
    ...{ releases: items, next, now, service },
    burns: await burnsAround(ids, now),
    outcomes: await outcomesOf(ids),
    proposals: await waitingAttributions(actor, service, now),
    services: await releasedServices(actor),
  }
}
