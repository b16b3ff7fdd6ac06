import { cache } from 'react'
import { z } from 'zod'
import { listAlerts } from '@/lib/alert/reads'
import { requireActorForPage } from '@/lib/auth/session'
import { listCorrections } from '@/lib/correction/reads'
import { sloLedgerIfAny } from '@/lib/ledger/reads'
import { orNotFound } from '@/lib/page'
import { HISTORY_RANGES, type SloDetail } from '@/lib/slo/detail'
import { sloDetail, sloHistory } from '@/lib/slo/reads'
import { sloIdSchema } from '@/lib/slo/schema'

/** Read once for the answer's status, the title and the page. */
export const loadSlo = cache((id: string) =>
  orNotFound(async () => sloDetail(await requireActorForPage(), sloIdSchema.parse(id))),
)

/** The way to a page below an SLO. */
export const wayTo = ({ id, name, service }: Pick<SloDetail, 'id' | 'name' | 'service'>) => [
  { href: `/services/${service.slug}`, name: service.name },
  { href: `/slos/${id}`, name },
]

const rangeSchema = z.enum(HISTORY_RANGES).catch('30d')

/** All that the page of an SLO begins with. */
export async function loadSloPage(id: string, asked: string | undefined) {
  const actor = await requireActorForPage()
  const range = rangeSchema.parse(asked)
  const detail = await loadSlo(id)
  return {
    detail,
    range,
    history: await sloHistory(actor, detail.id, range),
    corrections: await listCorrections(actor, { sloId: detail.id }),
    ledger: await sloLedgerIfAny(actor, detail.id, { period: 'window', by: 'day' }),
    alerts: await listAlerts(actor, { slo: detail.id }, 8),
    now: Math.floor(Date.now() / 1000),
  }
}
