import type { Transaction } from '../lib/db/client'
import type { Prisma } from '../lib/db/generated/client'
import { descriptionOf } from '../lib/demo/profile'
import type { DemoService } from '../lib/demo/service'
import { storedService } from '../lib/service/reads-stored'

/** Links, context, facts, owners and arrows of new services of the demo, and their first version. */
export async function describeServices(tx: Transaction, services: DemoService[]): Promise<void> {
  const people = new Map((await tx.user.findMany()).map(({ email, id }) => [email, id]))
  const ids = new Map((await tx.service.findMany()).map(({ slug, id }) => [slug, id]))
  const idOf = (slug: string) => ids.get(slug) ?? 0
  for (const service of services) {
    const { links, context, characteristics, sloOwner, productOwner } = descriptionOf(service)
    await tx.service.update({
      where: { slug: service.slug },
      data: {
        ...{ links, context, characteristics },
        sloOwnerId: people.get(sloOwner) ?? null,
        productOwnerId: productOwner === null ? null : (people.get(productOwner) ?? null),
      },
    })
  }
  const arrows = services.flatMap((service) =>
    descriptionOf(service).needs.map((needed) => ({ serviceId: idOf(service.slug), dependsOnId: idOf(needed) })),
  )
  await tx.serviceDependency.createMany({ data: arrows, skipDuplicates: true })
  for (const { slug } of services) {
    const definition = (await storedService(tx, slug)).record as unknown as Prisma.InputJsonValue
    const version = { version: 1, definition, author: 'demo', changes: ['Created'] }
    await tx.serviceVersion.create({ data: { serviceId: idOf(slug), ...version } })
  }
}
