import { bodyOf } from '@/lib/api/body'
import { others } from '@/lib/api/route'
import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { makeTemplate } from '@/lib/template/commands'
import { listTemplates } from '@/lib/template/reads'
import { makeTemplateSchema } from '@/lib/template/schema'

export const { DELETE, PATCH, PUT } = others('GET, POST, HEAD')

export const GET = route(async (request: Request) => {
  const templates = await listTemplates(await requireApiActor(request))
  return Response.json({
    items: templates.map(({ slug, group, name, summary, kind, own }) => ({ slug, group, name, summary, kind, own })),
  })
})

/** Keeps the definition of an SLO for other services. */
export const POST = route(async (request: Request) => {
  const actor = await requireApiActor(request)
  const made = await makeTemplate(actor, makeTemplateSchema.parse(await bodyOf(request)))
  return Response.json(made, { status: 201, headers: { location: `/api/v1/templates/${made.slug}` } })
})
