import { z } from 'zod'
import type { UnixSeconds } from '../time-series/units'

/** What happened around an SLO, for the event lane of its charts. */
export const ANNOTATION_KINDS = ['incident', 'release', 'definition', 'dependency', 'page', 'ticket'] as const
export type Annotation = {
  kind: (typeof ANNOTATION_KINDS)[number]
  id: number
  from: UnixSeconds
  /** null: it goes on. Releases and changes of the definition have no length */
  to: UnixSeconds | null
  /** short: INC-12, a version of the service or of the definition, the name of a service */
  label: string
  title: string
  href: string
}

export const annotationQuerySchema = z.object({
  from: z.coerce.number().int({ error: 'from is a unix second.' }),
  to: z.coerce.number().int({ error: 'to is a unix second.' }),
})
