import 'server-only'
import type { z } from 'zod'
import type { Actor } from '../auth/actor'
import { authorize } from '../auth/authorize'
import { db } from '../db/client'
import { HeadroomError } from '../errors'
import { applyFiles } from './commands-apply'
import { keyOf } from './facts'
import type { Imported, importSchema } from './import-schema'
import type { PlanItem } from './plan'
import { canApplyFiles, WHO_APPLIES } from './policy'
import { inputOf, planOfImport } from './reads-import'

const CHANGED = 'Something was changed since you looked. Look at the preview again, then save.'

/** Takes the chosen SLOs of files into the portal, all of them or nothing. */
export async function importFiles(actor: Actor, input: z.output<typeof importSchema>): Promise<Imported> {
  authorize(canApplyFiles(actor), WHO_APPLIES)
  const { files, choices, only, expect } = input
  const looked = await planOfImport(actor, inputOf(files, choices))
  if (looked.fingerprint !== expect) throw new HeadroomError('CONFLICT', CHANGED)
  const chosen = { ...inputOf(files, choices, only), expect: null, revision: null, repository: null }
  const { plan } = await applyFiles(actor, chosen)
  return stored(plan.items)
}

async function stored(items: PlanItem[]): Promise<Imported> {
  const done = items.filter(({ kind, verb }) => kind === 'slo' && (verb === 'create' || verb === 'change'))
  const verbs = new Map(done.map(({ key, verb }) => [key, verb as 'create' | 'change']))
  const services = [...new Set(done.map(({ key }) => key.split('/')[0] as string))]
  const rows = await db().slo.findMany({
    where: { deletedAt: null, service: { slug: { in: services } } },
    select: { id: true, name: true, slug: true, service: { select: { slug: true } } },
    orderBy: [{ service: { slug: 'asc' } }, { slug: 'asc' }],
  })
  return rows.flatMap(({ id, name, slug, service }) => {
    const verb = verbs.get(keyOf({ service: service.slug, slug }))
    return verb ? [{ verb, id, name, service: service.slug }] : []
  })
}
