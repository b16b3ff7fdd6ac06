import 'server-only'
import type { AlertPolicy } from '../alert/alert-policy'
import { sameNames } from '../alert/commands-policy'
import { removeAlertPolicy } from '../alert/commands-write'
import type { PolicyInput } from '../alert/schema'
import type { Actor } from '../auth/actor'
import type { Transaction } from '../db/client'
import { ownPolicyInput } from './alert-names'
import type { OwnPolicy } from './facts'

/** Alert policies that were written from the file of one SLO: how they begin and end. */

/** People may have given the name to a policy of theirs, or kept the one of an SLO that was here before. */
export async function freeNames(tx: Transaction, key: string, settings: AlertPolicy): Promise<PolicyInput> {
  for (let turn = 1; ; turn++) {
    const policy = ownPolicyInput(key, settings, turn)
    const taken = await tx.alertPolicy.findMany(sameNames(policy))
    if (taken.length === 0) return policy
  }
}

/** One that somebody gave to other places as well stays, as theirs. */
export async function dropOwn(tx: Transaction, actor: Actor, own: OwnPolicy | null): Promise<void> {
  if (!own) return
  const { id, version, input, elsewhere } = own
  if (elsewhere > 0) await tx.slo.updateMany({ where: { ownAlertPolicyId: id }, data: { ownAlertPolicyId: null } })
  else await removeAlertPolicy(tx, actor, { id, version, before: input })
}
