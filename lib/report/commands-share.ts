import 'server-only'
import { recordAudit } from '../audit/commands'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { transaction } from '../db/client'
import { env } from '../env'
import { HeadroomError } from '../errors'
import type { UnixSeconds } from '../time-series/units'
import { canShareReports, WHO_SHARES } from './policy'
import { linkPath, signedLink } from './share'

export type ShareLink = { path: string; url: string; until: UnixSeconds }

/** Makes a link that opens one stored report without signing in, until its days are over. Who made it is written down; it cannot be taken back. */
export async function shareReport(
  actor: Actor,
  { id, days }: { id: number; days: number },
  now = Math.floor(Date.now() / 1000),
): Promise<ShareLink> {
  authorize(canShareReports(actor), WHO_SHARES)
  const link = signedLink(id, days, now, shareSecret())
  return transaction(async (tx) => {
    const report = await tx.report.findUnique({ where: { id }, select: { month: true, revision: true, serviceId: true } })
    if (!report) throw new HeadroomError('NOT_FOUND', `There is no report with the number ${id}.`)
    await recordAudit(tx, actor, {
      ...{ action: 'report.share', entityType: 'report', entityId: id },
      after: { ...report, days, until: link.until },
    })
    const path = linkPath(link)
    return { path, url: env().NEXTAUTH_URL.replace(/\/$/, '') + path, until: link.until }
  })
}

export function shareSecret(): string {
  const { NEXTAUTH_SECRET: secret } = env()
  if (!secret) throw new HeadroomError('CONFLICT', 'Links need a secret to sign with: set NEXTAUTH_SECRET.')
  return secret
}
