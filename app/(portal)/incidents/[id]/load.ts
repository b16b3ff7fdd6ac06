import { cache } from 'react'
import { requireActorForPage } from '@/lib/auth/session'
import { incident } from '@/lib/incident/reads'
import { incidentIdSchema } from '@/lib/incident/schema'
import { orNotFound } from '@/lib/page'

/** Read once for the title and for the page. */
export const loadIncident = cache((id: string) =>
  orNotFound(async () => incident(await requireActorForPage(), incidentIdSchema.parse(id))),
)
