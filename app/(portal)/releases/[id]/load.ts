import { cache } from 'react'
import { requireActorForPage } from '@/lib/auth/session'
import { releaseRequest } from '@/lib/decision/reads-request'
import { requestIdSchema } from '@/lib/decision/schema'
import { orNotFound } from '@/lib/page'

/** Read once for the title and for the page. */
export const loadRequest = cache((id: string) =>
  orNotFound(async () => releaseRequest(await requireActorForPage(), requestIdSchema.parse(id))),
)
