import 'server-only'
import { db } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import type { Snapshot } from './snapshot'

const PERSON = { select: { id: true, name: true, disabledAt: true } } as const
const OF = {
  team: { select: { id: true, slug: true, name: true } },
  service: { select: { id: true, slug: true, name: true } },
} as const
export const cycleRow = (id: number) => db().reviewCycle.findFirst({ where: { id, deletedAt: null }, include: OF })
export type CycleRow = Prisma.ReviewCycleGetPayload<{ include: typeof OF }>

/** A cycle as it is stored. Throws NOT_FOUND. */
export async function storedCycle(id: number): Promise<CycleRow> {
  const row = await cycleRow(id)
  if (!row) throw new HeadroomError('NOT_FOUND', `There is no review cycle with the number ${id}.`)
  return row
}

/** Services that a review of this team or service is about. */
export const servicesIn = ({ teamId, serviceId }: Pick<CycleRow, 'teamId' | 'serviceId'>): Prisma.ServiceWhereInput =>
  serviceId === null ? { teamId: teamId ?? 0 } : { id: serviceId }

/** Open actions that the next review of a cycle begins with: its own, and those about its services, of incidents as well. */
export const openActionsOf = (cycle: Pick<CycleRow, 'id' | 'teamId' | 'serviceId'>): Prisma.ActionItemWhereInput => ({
  doneAt: null,
  OR: [
    { review: { cycleId: cycle.id } },
    { service: servicesIn(cycle) },
    { incident: { services: { some: { service: servicesIn(cycle) } } } },
  ],
})

export async function servicesOf(cycle: CycleRow): Promise<Snapshot['services']> {
  const rows = await db().service.findMany({
    where: servicesIn(cycle),
    select: { id: true, slug: true, name: true, sloOwner: PERSON, productOwner: PERSON },
    orderBy: { name: 'asc' },
  })
  return rows.map(({ id, slug, name, sloOwner, productOwner }) => {
    const owner = [sloOwner, productOwner].find((person) => person && person.disabledAt === null)
    return { id, slug, name, owner: owner ? { id: owner.id, name: owner.name } : null }
  })
}
