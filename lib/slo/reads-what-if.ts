import 'server-only'
import type { Actor } from '../auth/actor'
import { whatIf } from './commands-what-if'
import type { SloDefinitionRecord } from './definition-input'
import { recordOf } from './definition-record'
import { storedSlo } from './reads-stored'
import type { WhatIf } from './what-if'

export type WhatIfStart = {
  id: number
  version: number
  lifecycle: 'draft' | 'active'
  definition: SloDefinitionRecord
  sourceId: number
  /** both sides alike: nothing is changed yet */
  result: WhatIf
}

/** Where trying out begins; `start` is `null` before the first evaluation. From stored counters only. */
export async function whatIfStart(
  actor: Actor,
  id: number,
): Promise<{ name: string; service: { slug: string; name: string }; start: WhatIfStart | null }> {
  const { row, status } = await storedSlo(id)
  const { name, version, lifecycle, sourceId } = row
  const result = status && (await whatIf(actor, { id, change: { exclusions: [] } }))
  const start = result && { id, version, lifecycle, definition: recordOf(row), sourceId, result }
  return { name, service: { slug: row.serviceSlug, name: row.serviceName }, start }
}
