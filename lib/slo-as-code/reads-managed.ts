import 'server-only'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import type { Managed } from '../slo/managed'
import { canReadSlos } from '../slo/policy'
import { storedSlo } from '../slo/reads-stored'
import { yamlOf } from './managed-yaml'
import { canDetach } from './policy'
import { portableSlos } from './reads'

export type ManagedSlo = { id: number; name: string; managed: Managed; yaml: string; mayDetach: boolean }

/** An SLO that files manage, as it would stand in one; `null` when people manage it. Throws NOT_FOUND. */
export async function managedSlo(actor: Actor, id: number): Promise<ManagedSlo | null> {
  authorize(canReadSlos(actor), 'Sign in to read SLOs.')
  const { row } = await storedSlo(id)
  if (!row.managed) return null
  const { services, slos } = await portableSlos(actor, { ids: [id] })
  return { id, name: row.name, managed: row.managed, yaml: yamlOf({ services, slos }), mayDetach: canDetach(actor) }
}
