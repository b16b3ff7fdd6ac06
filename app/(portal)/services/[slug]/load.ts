import { cache } from 'react'
import { requireActorForPage } from '@/lib/auth/session'
import { orNotFound } from '@/lib/page'
import { serviceDetail } from '@/lib/service/reads'

/** Read once for the answer's status, the title and the page. */
export const loadService = cache((slug: string) => orNotFound(async () => serviceDetail(await requireActorForPage(), slug)))
