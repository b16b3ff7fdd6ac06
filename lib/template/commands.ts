import 'server-only'
import type { z } from 'zod'
import { recordAudit } from '../audit/commands'
import { type Actor, actorName } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { transaction } from '../db/client'
import type { Prisma } from '../db/generated/client'
import { HeadroomError } from '../errors'
import { recordOf } from '../slo/definition-record'
import { canDefineSlo } from '../slo/policy'
import { storedSlo } from '../slo/reads-stored'
import type { makeTemplateSchema } from './schema'
import { BUILT_IN_TEMPLATES } from './template'

/** Keeps the definition of an SLO as a template; its service's name becomes the parameter. */
export async function makeTemplate(actor: Actor, input: z.output<typeof makeTemplateSchema>): Promise<{ slug: string }> {
  authorize(canDefineSlo(actor), 'Only engineers, SLO owners and administrators make templates.')
  const { slug, name, summary, sloId } = input
  const { row } = await storedSlo(sloId)
  const definition = recordOf(row) as unknown as Prisma.InputJsonValue
  return transaction(async (tx) => {
    const taken =
      BUILT_IN_TEMPLATES.some((template) => template.slug === slug) || (await tx.sloTemplate.findUnique({ where: { slug } }))
    if (taken) {
      const message = `There is a template “${slug}” already. Choose another name.`
      throw new HeadroomError('INVALID_INPUT', message, [{ path: 'name', message }])
    }
    await tx.sloTemplate.create({ data: { slug, name, summary, definition, createdBy: actorName(actor) } })
    await recordAudit(tx, actor, { action: 'template.create', entityType: 'template', entityId: slug, after: { name, sloId } })
    return { slug }
  })
}

export async function removeTemplate(actor: Actor, { slug }: { slug: string }): Promise<{ slug: string }> {
  authorize(canDefineSlo(actor), 'Only engineers, SLO owners and administrators remove templates.')
  return transaction(async (tx) => {
    const { count } = await tx.sloTemplate.deleteMany({ where: { slug } })
    if (count === 0) throw new HeadroomError('NOT_FOUND', `There is no template “${slug}” that was made here.`)
    await recordAudit(tx, actor, { action: 'template.delete', entityType: 'template', entityId: slug })
    return { slug }
  })
}
