import { cache } from 'react'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { sloDetail } from '@/lib/slo/reads'
import { sloIdSchema } from '@/lib/slo/schema'

/** Read once for the answer's status, the title and the page. */
export const loadSlo = cache((id: string) =>
  orNotFound(async () => sloDetail(await requireActorForPage(), sloIdSchema.parse(id))),
)
