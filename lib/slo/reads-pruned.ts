import 'server-only'
import type { Transaction } from '../db/client'

/** The set of files that deleted an SLO when they no longer declared it; `null`: a person did. */
export async function prunedBy(on: Pick<Transaction, 'auditEntry'>, id: number): Promise<string | null> {
  const row = await on.auditEntry.findFirst({
    where: { entityType: 'slo', entityId: String(id), action: 'slo.delete' },
    orderBy: { id: 'desc' },
    select: { before: true },
  })
  return (row?.before as { managedBy?: string } | null)?.managedBy ?? null
}
