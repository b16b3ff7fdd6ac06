import { others, queryOf } from '@/lib/api/route'
import { templateServiceSchema } from '@/lib/api/template-paths'
import { requireApiActor } from '@/lib/auth/api-actor'
import { HeadroomError } from '@/lib/errors'
import { route } from '@/lib/route'
import { inputsOf } from '@/lib/slo/draft'
import { newSloStart } from '@/lib/slo/reads-editor'
import { removeTemplate } from '@/lib/template/commands'
import { listTemplates } from '@/lib/template/reads'
import { removeTemplateSchema } from '@/lib/template/schema'

export const { PATCH, POST, PUT } = others('GET, DELETE, HEAD')

type Context = { params: Promise<{ slug: string }> }

/** What the editor would begin with for this service, as definitions. */
export const GET = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  const { slug } = await params
  const { service } = templateServiceSchema.parse(queryOf(request))
  if (!(await listTemplates(actor)).some((template) => template.slug === slug))
    throw new HeadroomError('NOT_FOUND', `There is no template “${slug}”.`)
  const { draft, notes } = await newSloStart(actor, { template: slug, service })
  return Response.json({ definitions: inputsOf(draft), notes })
})

export const DELETE = route(async (request: Request, { params }: Context) => {
  const actor = await requireApiActor(request)
  return Response.json(await removeTemplate(actor, removeTemplateSchema.parse({ slug: (await params).slug })))
})
