import { recordAudit } from '../lib/audit/commands'
import type { Actor } from '../lib/auth/actor'
import { decideCorrection, requestCorrection } from '../lib/correction/commands'
import { newCorrectionSchema } from '../lib/correction/schema'
import { db, pool, transaction } from '../lib/db/client'
import { EMIL, SOFIA } from '../lib/demo/decisions'
import { organisationBuilt, servicesBuilt } from '../lib/report/commands'
import { measureQuantiles } from '../lib/report/commands-quantiles'
import { buildWaiting } from '../lib/report/commands-schedule'
import { lastWholeMonth } from '../lib/report/month'
import { MINUTE, type UnixSeconds } from '../lib/time-series/units'

const SYSTEM: Actor = { type: 'system', job: 'seed' }
const SEED = { action: 'demo.seed', entityType: 'report', entityId: 'all' }
const CORRECTED = 'staff-wiki'

/**
 * Reports of the months that are whole in the history of the demo, and one that was corrected after it was built. Made once, and
 * while nobody else builds; nobody is told of them.
 */
export async function seedReports(now: UnixSeconds, say: (note: string) => void): Promise<void> {
  if (await db().auditEntry.findFirst({ where: SEED })) return
  for (let left = Number.POSITIVE_INFINITY; left > 0; ) {
    const open = await measureQuantiles(pool(), now, 5)
    if (open >= left) break
    left = open
  }
  let built = 0
  for (let more = true; more; ) {
    const step = await buildWaiting(now, 25)
    built += step.built
    more = step.more
    say(String(built))
  }
  await correctOne(now)
  await transaction((tx) => recordAudit(tx, SYSTEM, { ...SEED, after: { built } }))
}

/** Somebody remembers that a service was moved last month, somebody else agrees. */
async function correctOne(now: UnixSeconds): Promise<void> {
  const month = lastWholeMonth(now, 'UTC')
  const service = await db().service.findUnique({ where: { slug: CORRECTED }, select: { id: true } })
  const [asks, decides] = [await actorOf(EMIL), await actorOf(SOFIA)]
  if (!service || !asks || !decides) return
  // Nobody reads the wiki at weekends: the first working day from the 12th on.
  const day = [12, 13, 14].map((date) => `${month}-${date}`).find((date) => new Date(date).getUTCDay() % 6 !== 0)
  const { id } = await requestCorrection(
    asks,
    newCorrectionSchema.parse({
      ...{ kind: 'exclusion', cause: 'maintenance', scope: { service: CORRECTED } },
      reason: 'The wiki moved to another machine, announced a week before.',
      schedule: { from: `${day}T09:00`, to: `${day}T13:00`, timeZone: 'UTC' },
    }),
  )
  await decideCorrection(decides, { id, version: 1, verdict: 'approve', note: 'Announced in time.' }, now)
  await servicesBuilt(SYSTEM, { ids: [service.id], month }, now + MINUTE, { quiet: true })
  await organisationBuilt(SYSTEM, month, now + MINUTE, { quiet: true })
}

async function actorOf(email: string): Promise<Actor | null> {
  const person = await db().user.findUnique({ where: { email } })
  return person && { type: 'user', id: person.id, name: person.name, email, role: person.role }
}
