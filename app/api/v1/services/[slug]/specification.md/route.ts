import { requireApiActor } from '@/lib/auth/api-actor'
import { route } from '@/lib/route'
import { serviceSpecification } from '@/lib/service/reads-specification'
import { specificationMarkdown } from '@/lib/service/specification-markdown'

export { DELETE, PATCH, POST, PUT } from '@/lib/api/route'

type Context = { params: Promise<{ slug: string }> }

export const GET = route(async (request: Request, { params }: Context) => {
  const { slug } = await params
  const specification = await serviceSpecification(await requireApiActor(request), slug)
  return new Response(specificationMarkdown(specification), {
    headers: {
      'content-type': 'text/markdown; charset=utf-8',
      'content-disposition': `inline; filename="${slug}-slo-specification.md"`,
      'cache-control': 'no-store',
    },
  })
})
